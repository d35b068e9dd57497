using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Timescales;

/// <summary>One condition of a rule, and whether it holds for a child.</summary>
/// <param name="Text">The condition and what was found, a sentence.</param>
/// <param name="Holds">Whether it holds.</param>
public sealed record Finding(string Text, bool Holds);

/// <summary>Says why a rule has, or has not, a running duty for a child. Silence has reasons too.</summary>
public static class WhyRule
{
    /// <summary>Every condition in turn. When all hold, the rule has an open duty.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="history">What is known of the child.</param>
    /// <param name="duties">The rule's duties for the child.</param>
    /// <param name="calendar">The calendar of working days.</param>
    /// <param name="now">UTC instant.</param>
    /// <param name="fed">Whether the rule counts in this council.</param>
    public static IReadOnlyList<Finding> Of(Rule rule, History history, IReadOnlyList<Obligation> duties, WorkingDays calendar, DateTimeOffset now, bool fed = true)
    {
        var today = London.DateOf(now);
        var edition = rule.On(today);
        var findings = new List<Finding>
        {
            edition is null
                ? new($"No edition of this rule is in force on {Explanation.Day(today)}.", false)
                : new($"The edition \"{edition.Name}\" is in force.", true),
        };
        if (!fed)
        {
            findings.Add(new(
                "No system of the council has ever sent what meets it "
                + $"({string.Join(" or ", rule.Editions[^1].MetBy.Select(t => t.Kind.Alias.Replace('_', ' ')).Distinct())}): "
                + "the rule waits for the first.",
                false));
        }

        if ((edition ?? rule.Editions[^1]) is var current && current.Follows.Count > 0)
        {
            findings.Add(duties.Count > 0 ? new("A review cycle that it halves has begun.", true)
                : new($"No review cycle has begun: none of {string.Join(", ", current.Follows)} has a duty for this child.", false));
        }
        else
        {
            findings.Add(Started(current, history));
            findings.Add(duties.Count > 0
                ? new("The start counts: its period was open, and it was the one that the rule asks for.", true)
                : new("The start does not count: its period was not open, the rule was not in force then, or it was not the one that the rule asks for.", false));
        }

        var asked = (edition ?? rule.Editions[^1]).While.Concat((edition ?? rule.Editions[^1]).Starts is [var only] ? only.When : []);
        findings.AddRange(asked.Select(c => c.Holds(history, today, today, calendar)
            ? new Finding($"It applies only where: {c.Says} That is so.", true)
            : new Finding($"It applies only where: {c.Says} That is not so, by what is recorded.", false)));
        findings.Add(duties.FirstOrDefault(d => d.Outcome is Outcome.Open) is { } open
            ? new($"A duty is open, started on {Explanation.Day(open.StartedOn.Date)}.", true)
            : duties is [.., var last]
                ? new(last.Outcome is Outcome.Met
                    ? $"The last duty was met on {Explanation.Day(last.MetOn!.Value.Date)} and nothing has started another."
                    : $"The last duty ended: {last.Because}", false)
                : new("No duty was ever opened.", false));
        return findings;
    }

    private static Finding Started(Edition edition, History history)
    {
        var wanted = string.Join(" or ", edition.Starts.Select(Words));
        var start = edition.Starts.SelectMany(t => history.Of(t.Kind).Where(f => t.Matches(f.Event))).OrderBy(f => f.On).LastOrDefault();
        return start is null
            ? new($"Nothing has started it: it wants {wanted}, and none is recorded.", false)
            : new($"It is started by {wanted}; the latest is of {Explanation.Day(start.On.Date)} (event {start.EventId}).", true);
    }

    private static string Words(Trigger trigger)
    {
        var where = trigger.Where.Select(c => $"{c.Member.Name} {string.Join("/", c.Allowed.Select(Word))}");
        return trigger.Kind.Alias.Replace('_', ' ') + (trigger.Where.Count == 0 ? "" : $" with {string.Join(", ", where)}");

        static string? Word(object value) => value switch
        {
            Enum word => EventName.Word(word.ToString()).Replace('_', ' '),
            true => "yes",
            false => "no",
            _ => value.ToString(),
        };
    }
}
