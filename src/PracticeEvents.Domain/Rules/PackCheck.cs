using System.Globalization;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Rules;

/// <summary>Lays a council's own pack over the rules, and refuses what the council may not do.</summary>
public static class PackCheck
{

    /// <summary>The rules with the changes made, in the order of their dates.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="calendar">The calendar, the council's own days with it.</param>
    /// <param name="problems">Takes what is refused, each beginning with its place in the file.</param>
    public static IReadOnlyList<Rule> Apply(IReadOnlyList<Rule> rules, IReadOnlyList<LocalChange> changes, WorkingDays calendar, List<string> problems)
    {
        var all = rules.ToDictionary(r => r.Id, StringComparer.Ordinal);
        foreach (var change in changes.OrderBy(c => c.From))
        {
            var before = problems.Count;
            if (!all.TryGetValue(change.Rule, out var rule))
            {
                problems.Add($"{change.Place}.rule: there is no rule \"{change.Rule}\".");
                continue;
            }

            if (changes.Any(other => other != change && other.Rule == change.Rule && other.From == change.From))
            {
                problems.Add($"{change.Place}.from: another change of {change.Rule} begins on the same day, so that two editions would be in force at once.");
                continue;
            }

            if (rule.On(change.From) is not { } edition)
            {
                problems.Add($"{change.Place}.from: {change.Rule} has no edition in force on {Day(change.From)}.");
                continue;
            }

            Refuse(change, rule, edition, calendar, problems);
            all[change.Rule] = problems.Count == before ? change.To(rule) : rule;
        }

        return [.. rules.Select(r => all[r.Id])];
    }

    /// <summary>What is wrong with a rule that a council adds whole.</summary>
    public static IEnumerable<string> Own(Rule rule, IReadOnlyList<Rule> shipped)
    {
        if (rule.Kind is not RuleKind.LocalStandard)
        {
            yield return "kind: a council's own rule is a local_standard, and is never shown as the law.";
        }

        if (shipped.Any(r => r.Id == rule.Id))
        {
            yield return $"id: there is a rule {rule.Id} already. Change it under changes, or give this one another id.";
        }
    }

    /// <summary>The examples of a rule that do not come out as they say.</summary>
    public static IEnumerable<string> Failing(IEnumerable<Example> examples, string rule, RuleBook book) =>
        from example in examples
        let found = string.Join("; ", Obligations.For(History.Of(example.Facts), book).Where(d => d.Rule.Id == rule)
            .Select(d => Line(
                d.Due?.ToString() ?? "none", EventName.Word(d.StatusAt(example.AsAt).ToString()), d.MetOn?.ToString(),
                d.Quality.Where(a => a.InRecord).Select(a => a.Question.Code))))
        let expected = string.Join("; ", example.Expected.Select(e => Line(e.Due, e.Status, e.MetOn, e.InRecord)))
        where found != expected
        select $"the example \"{example.Title}\" expects {Words(expected)}, and {Words(found)} comes out.";

    private static void Refuse(LocalChange change, Rule rule, Edition edition, WorkingDays calendar, List<string> problems)
    {
        var isLaw = rule.Kind is not RuleKind.LocalStandard;
        if (isLaw && change.Off)
        {
            problems.Add(
                $"{change.Place}.off: {rule.Id} cannot be switched off: it is not the council's own standard "
                + $"but {edition.Source.Instrument}, {edition.Source.Paragraph}.");
        }

        if (!isLaw && change.Off && change.To(rule).Editions.Count == 0)
        {
            problems.Add($"{change.Place}.from: {rule.Id} begins on {Day(edition.From)}, so that nothing would be left of it: switch it off from a later day.");
        }

        if (isLaw && change.LocalClosures is true)
        {
            problems.Add($"{change.Place}.localClosures: the council's closures never move a date that the law counts.");
        }

        if ((change.Within is not null || change.ThenWithin.Count > 0 || change.StartIsDayOne is not null) && edition.Due.Method is not DueMethod.Within)
        {
            problems.Add($"{change.Place}.within: {rule.Id} is not due so long after its start, so that there is no length to change.");
        }
        else if (isLaw && !change.Off && change.LocalClosures is not true && Looseness.Find(edition.Due, change.To(rule).On(change.From)!.Due, change.From, calendar) is { } looser)
        {
            problems.Add(
                $"{change.Place}.within: this is looser than {edition.Source.Instrument}, {edition.Source.Paragraph}: a duty that starts on {Day(looser.Start)} "
                + $"would be late from {Day(London.DateOf(looser.Own))}, and by the law from {Day(London.DateOf(looser.Law))}.");
        }

        if (change.Alerts.Count > 0 && edition.Alerts.Any(s => s.Stage is AlertStage.Overdue) && !change.Alerts.Any(s => s.Stage is AlertStage.Overdue))
        {
            problems.Add($"{change.Place}.alerts: nobody would be told when it is overdue.");
        }
    }

    private static string Line(string due, string status, string? metOn, IEnumerable<string> inRecord) =>
        $"due {due}, {status.Replace('_', ' ')}{(metOn is null ? "" : $" on {metOn}")}{(string.Join(", ", inRecord) is { Length: > 0 } shown ? $", in the record {shown}" : "")}";

    private static string Words(string duties) => duties.Length == 0 ? "no duty" : $"\"{duties}\"";

    private static string Day(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
