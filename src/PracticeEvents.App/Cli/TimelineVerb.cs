using System.CommandLine;
using PracticeEvents.App.Access;
using PracticeEvents.App.Views;
using PracticeEvents.App.Web.Words;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice timeline</c>: facts and deadlines of a child in one order.</summary>
internal static class TimelineVerb
{
    public static Command Create()
    {
        var child = new Argument<string>("CHILD") { Description = "The child's reference" };
        var asAt = ReadOptions.AsAt();
        var json = CommonOptions.Json();
        return SessionVerb.Create(
            "timeline", "Facts and deadlines of a child in one order. Example: practice timeline 4471 --as-at 2026-09-18",
            [child, asAt, json], async (session, parsed, ct) =>
            {
                var known = parsed.GetValue(child)!;
                if (await session.Get<ViewReader>().PictureAsync(known, parsed.GetValue(asAt).Instant, ct) is not { } picture)
                {
                    return Failures.Say(
                        $"Nothing is recorded about a child {known}{(parsed.GetValue(asAt).Instant is null ? "" : " by then")}.", ExitCode.BadUsage);
                }

                await ReadBy.NoteAsync(session, known, "timeline", ct);
                var entries = TimelineView.Of(picture, parsed.GetValue(asAt).Or(session.Time));
                if (parsed.GetValue(json))
                {
                    Out.Json(entries);
                    return ExitCode.Fine;
                }

                Out.Table(["on", "what", "status", "recorded", "started", "settled"], [.. entries.Select(e => (string[])
                    [e.Happened, e.Title, e.Status is null ? "" : Word(e.Status), e.Recorded is { } at ? $"{at:yyyy-MM-dd HH:mm}" : "",
                        string.Join(", ", e.Started), string.Join(", ", e.Settled)])]);
                return ExitCode.Fine;
            });
    }

    private static string Word(string status) => StatusWord.All.FirstOrDefault(w => w.Code == status)?.Word ?? status.Replace('_', ' ');
}

/// <summary>Who reads at a prompt: every read of a child is logged, this one too.</summary>
internal static class ReadBy
{
    /// <summary>Notes that whoever runs the program looked at a child.</summary>
    public static Task NoteAsync(Session session, string child, string what, CancellationToken ct) =>
        session.Get<ReadLog>().NoteAsync($"command line: {Environment.UserName}", child, what, session.Time.GetUtcNow(), ct);
}
