using System.CommandLine;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Api;
using PracticeEvents.App.Views;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice why</c>: why an alert was raised, or why a rule does or does not apply to a child.</summary>
internal static class WhyVerb
{
    public static Command Create()
    {
        var what = new Argument<string>("ALERT|CHILD") { Description = "An alert's id; or a child's reference, followed by a rule" };
        var rule = new Argument<string?>("RULE") { Description = "The rule's id, after a child", Arity = ArgumentArity.ZeroOrOne };
        var asAt = ReadOptions.AsAt();
        var all = new Option<bool>("--all") { Description = $"Explain every duty of the rule, and not only the last {Shown}" };
        var json = CommonOptions.Json();
        return SessionVerb.Create(
            "why", "Why an alert was raised, or why a rule does or does not apply to a child. Example: practice why 4471 core-group-first-10wd", [what, rule, asAt, all, json],
            (session, parsed, ct) => parsed.GetValue(rule) is { } id
                ? RuleAsync(session, parsed.GetValue(what)!, id, parsed.GetValue(asAt), parsed.GetValue(all), parsed.GetValue(json), ct)
                : AlertAsync(session, parsed.GetValue(what)!, parsed.GetValue(json), ct));
    }

    private const int Shown = 2;

    private static async Task<int> RuleAsync(Session session, string child, string id, AsAt asAt, bool all, bool json, CancellationToken ct)
    {
        if (session.Rules.Find(id) is not { } rule)
        {
            return Failures.Say($"There is no rule {id}. To see which there are, run: practice rules list", ExitCode.BadUsage);
        }

        if (await session.Get<ViewReader>().PictureAsync(child, asAt.Instant, ct) is not { } picture)
        {
            return Failures.Say($"Nothing is recorded about a child {child}.", ExitCode.BadUsage);
        }

        await ReadBy.NoteAsync(session, child, "why", ct);
        var why = WhyRuleJson.Of(rule, picture, session.Rules, asAt.Or(session.Time));
        if (json)
        {
            Out.Json(why);
            return ExitCode.Fine;
        }

        Out.Line(why.Summary);
        Out.Table(["holds", "condition"], [.. why.Conditions.Select(c => (string[])[c.Holds ? "yes" : "no", c.Text])]);
        var shown = all ? why.Obligations : [.. why.Obligations.TakeLast(Shown)];
        if (why.Obligations.Count > shown.Count)
        {
            var earlier = why.Obligations.SkipLast(shown.Count).CountBy(o => o.Status).OrderBy(c => c.Key);
            Out.Line($"Earlier: {string.Join(", ", earlier.Select(c => $"{Out.Count(c.Value)} {Word(c.Key)}"))}. To see each: --all.");
        }

        shown.ToList().ForEach(Say);
        Say(why.Stages);
        return ExitCode.Fine;
    }

    private static async Task<int> AlertAsync(Session session, string id, bool json, CancellationToken ct)
    {
        if (await session.Get<AlertTable>().FindAsync(id, ct) is not { } alert)
        {
            return Failures.Say($"There is no alert {id}. To ask about a child, name a rule too: practice why CHILD RULE", ExitCode.BadUsage);
        }

        await ReadBy.NoteAsync(session, alert.Child, "why", ct);
        var picture = await session.Get<ViewReader>().PictureAsync(alert.Child, null, ct);
        var why = WhyAlertJson.Of(AlertJson.Of(alert, session.Rules), picture, alert, session.Time.GetUtcNow());
        if (json)
        {
            Out.Json(why);
            return ExitCode.Fine;
        }

        Out.Line(why.Summary);
        Out.Table(["fact", "on", "recorded", "event"], [.. why.Facts.Select(f => (string[])[f.Type, f.On, $"{f.RecordedAt:yyyy-MM-dd HH:mm}", f.EventId])]);
        Say(why.Stages);
        if (why.Obligation is { } duty)
        {
            Say(duty);
        }

        return ExitCode.Fine;
    }

    private static void Say(ObligationJson duty)
    {
        Out.Line($"{duty.Title}, due {duty.Due ?? "on a date that cannot be told"} ({Word(duty.Status)}):");
        foreach (var step in duty.Steps)
        {
            Out.Line($"  {step.Text}");
            if (step.Days is { Count: > 0 } days)
            {
                Out.Line($"    {Counted(days)}");
            }
        }
    }

    private static void Say(IReadOnlyList<StageJson> stages)
    {
        if (stages.Count > 0)
        {
            Out.Table(["told as", "from", "roles"], [.. stages.Select(s => (string[])[Spaced(s.Stage), Dates.At(s.At), string.Join(", ", s.To.Select(Spaced))])]);
        }
    }

    // "Day 1 is 10 Nov 2026, day 10 is 23 Nov 2026. Not counted: 2 Saturdays, 2 Sundays, 25 Dec 2026 (Christmas Day)."
    private static string Counted(IReadOnlyList<CountedDay> days)
    {
        var counted = days.Where(d => d.Number is not null).ToList();
        var skipped = days.Where(d => d.Skipped is not null).ToList();
        var weekends = skipped.Where(d => IsWeekend(d.Skipped!)).CountBy(d => d.Skipped!).Select(c => Counts.Of(c.Value, c.Key));
        var holidays = skipped.Where(d => !IsWeekend(d.Skipped!)).Select(d => $"{Dates.Short(d.Date)} ({d.Skipped})");
        return string.Join(' ',
            counted is [var first, .., var last] ? $"Day {first.Number} is {Dates.Short(first.Date)}, day {last.Number} is {Dates.Short(last.Date)}."
                : counted is [var only] ? $"Day {only.Number} is {Dates.Short(only.Date)}." : "",
            skipped.Count == 0 ? "" : $"Not counted: {string.Join(", ", weekends.Concat(holidays))}.").Trim();
    }

    private static bool IsWeekend(string why) => why is nameof(DayOfWeek.Saturday) or nameof(DayOfWeek.Sunday);

    private static string Word(Status status) => StatusWord.For(EventName.Word(status.ToString())).Word.ToLowerInvariant();

    private static string Spaced<T>(T word)
        where T : struct, Enum => EventName.Word(word.ToString()).Replace('_', ' ');
}
