using System.Globalization;
using PracticeEvents.App.Alerts;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>A stretch of time in which no node was at work.</summary>
internal sealed record Silence(DateTimeOffset Began, DateTimeOffset Ended);

/// <summary>What is said late because the service was not at work says so: nobody is to believe that it was told in time, or that the lateness is theirs.</summary>
internal static class LateFiring
{
    /// <summary>As late as a timer may be without a word about it.</summary>
    public static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(1);

    /// <summary>The silences that some timers fell into; none when all are in time.</summary>
    public static async Task<IReadOnlyList<Silence>> SilencesAsync(Leases leases, IReadOnlyList<DueTimer> due, DateTimeOffset now, CancellationToken ct)
    {
        var late = due.Where(t => now - t.DueAt > Tolerated).ToList();
        return late.Count == 0 ? [] : [.. (await leases.SilencesAsync(late.Min(t => t.DueAt), ct)).Select(s => new Silence(s.Began, s.Ended))];
    }

    /// <summary>The alert event, with why it is late where it is.</summary>
    /// <param name="e">The event as decided.</param>
    /// <param name="alert">The alert so far; nothing before it is raised.</param>
    /// <param name="due">The child's timers that were due.</param>
    /// <param name="silences">Times at which nobody was at work.</param>
    /// <param name="now">UTC instant.</param>
    public static AlertEvent Explain(AlertEvent e, StoredAlert? alert, IReadOnlyList<DueTimer> due, IReadOnlyList<Silence> silences, DateTimeOffset now)
    {
        if (silences.Count == 0)
        {
            return e;
        }

        var key = e is AlertRaised r ? Wakes.Key(r.Rule, Guid.Parse(r.Occurrence)) : alert is null ? null : Wakes.Key(alert.State.Rule, alert.State.Occurrence);
        if (due.FirstOrDefault(t => t.Key == key) is not { } timer || silences.FirstOrDefault(s => timer.DueAt >= s.Began && timer.DueAt <= s.Ended) is not { } silence)
        {
            return e;
        }

        var why = $"Said {Length(now - timer.DueAt)} late: the service was not at work from {Moment(silence.Began)} to {Moment(silence.Ended)}.";
        return e switch
        {
            AlertRaised raised => raised with { SaidLate = why },
            AlertStageReached reached => reached with { SaidLate = why },
            _ => e,
        };
    }

    private static string Moment(DateTimeOffset at) => London.TimeOf(at).ToString("d MMMM yyyy HH:mm", CultureInfo.InvariantCulture);

    private static string Length(TimeSpan time) =>
        time.TotalHours < 1 ? Count((int)time.TotalMinutes, "minute")
            : time.TotalDays < 2 ? Count((int)time.TotalHours, "hour")
            : Count((int)time.TotalDays, "day");

    private static string Count(int n, string what) => n == 1 ? $"1 {what}" : $"{n} {what}s";
}
