using System.CommandLine;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Api;
using PracticeEvents.App.Views;
using PracticeEvents.App.Web.Words;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice why</c>: why an alert was raised, or why a rule does or does not apply to a child.</summary>
internal static class WhyVerb
{
    public static Command Create()
    {
        var what = new Argument<string>("ALERT|CHILD") { Description = "An alert's id; or a child's reference, followed by a rule" };
        var rule = new Argument<string?>("RULE") { Description = "The rule's id, after a child", Arity = ArgumentArity.ZeroOrOne };
        var asAt = ReadOptions.AsAt();
        var json = CommonOptions.Json();
        return SessionVerb.Create(
            "why", "Why an alert was raised, or why a rule does or does not apply to a child. Example: practice why 4471 core-group-first-10wd", [what, rule, asAt, json],
            (session, parsed, ct) => parsed.GetValue(rule) is { } id
                ? RuleAsync(session, parsed.GetValue(what)!, id, parsed.GetValue(asAt), parsed.GetValue(json), ct)
                : AlertAsync(session, parsed.GetValue(what)!, parsed.GetValue(json), ct));
    }

    private static async Task<int> RuleAsync(Session session, string child, string id, AsAt asAt, bool json, CancellationToken ct)
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
        why.Obligations.ToList().ForEach(Say);
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
        Out.Table(["stage", "from", "told"], [.. why.Stages.Select(s => (string[])[s.Stage.ToString(), Dates.At(s.At), string.Join(", ", s.To)])]);
        if (why.Obligation is { } duty)
        {
            Say(duty);
        }

        return ExitCode.Fine;
    }

    private static void Say(ObligationJson duty)
    {
        Out.Line($"{duty.Title}, due {duty.Due ?? "on a date that cannot be told"}:");
        duty.Steps.ToList().ForEach(step => Out.Line($"  {step.Text}"));
    }
}
