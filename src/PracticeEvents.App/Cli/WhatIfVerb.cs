using System.CommandLine;
using PracticeEvents.App.Web.Words;
using PracticeEvents.App.WhatIf;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice what-if</c>: what other rules would have come to in a past period. It changes nothing and tells nobody.</summary>
internal static class WhatIfVerb
{
    private const int Shown = 10;
    private const int MostNamed = 10;

    public static Command Create()
    {
        var from = CommonOptions.Instant("--from", "First day of the period; a year before its end when not given");
        var to = CommonOptions.Instant("--to", "Last day of the period; today when not given");
        var asReceived = new Option<bool>("--as-received") { Description = "Count a loaded history from when it was loaded, quietly, and not from when it was recorded" };
        var json = CommonOptions.Json();
        return CandidateVerb.Create(
            "what-if", "Replays a past period under other rules and compares. Example: practice what-if --rules our-rules --from 2026-01-01",
            [from, to, asReceived, json], async (session, book, parsed, ct) =>
            {
                var (period, problem) = WhatIfPeriod.Of(
                    Day(parsed.GetValue(from)), Day(parsed.GetValue(to)), parsed.GetValue(asReceived), session.Time.GetUtcNow());
                if (period is null)
                {
                    return Failures.Say(problem!, ExitCode.BadUsage);
                }

                var answer = await Progress.ShowAsync("Replaying", report => session.Get<WhatIfRun>().RunAsync(book, period, share => report(share), ct));
                if (parsed.GetValue(json))
                {
                    Out.Json(answer);
                }
                else
                {
                    Show(answer);
                }

                return answer.Same ? ExitCode.Fine : ExitCode.Found;
            });
    }

    private static DateOnly? Day(DateTimeOffset? at) => at is { } instant ? London.DateOf(instant) : null;

    private static void Show(WhatIfJson answer)
    {
        var rows = answer.Weeks.GroupBy(w => w.Role).Select(g => Row($"alerts to {EventName.Word(g.Key).Replace('_', ' ')}", g.Sum(w => w.Before), g.Sum(w => w.After)));
        Out.Table(["what", "before", "after", "change"],
        [
            Row("alerts", answer.Before.Alerts, answer.After.Alerts),
            .. rows,
            Row("children flagged", answer.Before.Children, answer.After.Children),
            Row("people told", answer.Before.Recipients, answer.After.Recipients),
            Row("duties told of as out of timescale", answer.Before.Breaches, answer.After.Breaches),
        ]);
        Children("newly flagged", answer.NewlyFlagged);
        Children("no longer flagged", answer.NoLongerFlagged);
        Breaches("seen earlier", answer.Breaches.Earlier);
        Breaches("seen later", answer.Breaches.Later);
        Breaches("seen in the period only by these rules", answer.Breaches.New);
        Breaches("no longer seen in the period", answer.Breaches.Gone);
        People("would be told for the first time", answer.NewRecipients);
        People("would be told nothing any more", answer.FormerRecipients);
        Out.Note(
            $"{Dates.Long(answer.From)} to {Dates.Long(answer.To)}; {Out.Count(answer.Children)} children; {Differing(answer.Rules)}."
            + (answer.NotReplayed > 0 ? $" The records of {Out.Count(answer.NotReplayed)} more cannot be read." : ""));
    }

    private static string[] Row(string what, int before, int after) =>
    [
        what, Out.Count(before), Out.Count(after),
        after == before ? "" : $"{(after > before ? "+" : "-")}{Out.Count(Math.Abs(after - before))}",
    ];

    private static void Children(string what, FlaggedJson children) =>
        List(
            $"{Out.Count(children.Count)} children {what}",
            children.Examples.Select(c => $"{c.Child}: {c.Rule}, {EventName.Word(c.Stage).Replace('_', ' ')} on {Dates.Iso(c.On)}"));

    private static void Breaches(string what, BreachListJson breaches) => List(
        $"{Out.Count(breaches.Count)} breaches {what}{(breaches.WorkingDays > 0 ? $", by {Out.Count(breaches.WorkingDays)} working days in all" : "")}",
        breaches.Examples.Select(b => $"{b.Child}: {b.Rule}, {Said(b.Before)} before, {Said(b.After)} after"));

    private static void People(string what, RecipientsJson people) =>
        List($"{Out.Count(people.Count)} people {what}", people.Examples.Select(p => $"{p.Worker}: {Out.Count(p.Alerts)} alerts"));

    // Another calendar of bank holidays makes every rule differ.
    private static string Differing(IReadOnlyList<string> rules) => rules.Count switch
    {
        0 => "no rule differs",
        > MostNamed => $"{Counts.Of(rules.Count, "rule")} differ, {string.Join(", ", rules.Take(3))} among them",
        _ => $"rules that differ: {string.Join(", ", rules)}",
    };

    private static string Said(DateOnly? on) => on is { } day ? Dates.Iso(day) : "not in the period";

    private static void List(string what, IEnumerable<string> examples)
    {
        Out.Line(what);
        foreach (var example in examples.Take(Shown))
        {
            Out.Line($"  {example}");
        }
    }
}
