using PracticeEvents.App.Views;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Web.Pages.Children;

/// <summary>An entry of a child's timeline as the page shows it.</summary>
/// <param name="On">When it happened, or is due.</param>
/// <param name="Entry">The entry; nothing for an alert.</param>
/// <param name="Alert">The alert; nothing for a fact or a deadline.</param>
internal sealed record ChildMoment(Happened On, TimelineEntry? Entry, AlertState? Alert)
{
    /// <summary>The date recorded, when it was more than a day after it happened.</summary>
    public DateOnly? RecordedLater => Entry?.Recorded is { } at && London.DateOf(at) is var day && day > On.Date.AddDays(1) ? day : null;
}

/// <summary>The timeline as a reader chooses it: which kinds, between which dates, in which order.</summary>
internal static class ChildTimeline
{
    /// <summary>The choices, with their words.</summary>
    public static readonly IReadOnlyList<(string Key, string Words)> Kinds =
        [("all", "Everything recorded and due"), ("decisions", "Decisions"), ("visits", "Visits"), ("reviews", "Reviews and meetings"), ("alerts", "Alerts")];

    private static readonly string[] Decisions =
    [
        "decided", "decision", "gateway", "approved", "outcome", "signed_off", "issued", "concluded",
        "plan_started", "plan_ended", "became_looked_after", "ceased_to_be", "closed",
    ];

    private static readonly string[] Meetings = ["review", "conference", "core_group", "strategy_discussion", "mid_point", "panel"];

    /// <summary>The entries chosen, newest first unless asked otherwise. What is still to come counts as newest.</summary>
    public static IReadOnlyList<ChildMoment> Of(
        IReadOnlyList<TimelineEntry> entries, IReadOnlyList<AlertState> alerts, string kind, DateOnly? from, DateOnly? to, bool oldestFirst)
    {
        var moments = kind is "alerts"
            ? alerts.Select(a => new ChildMoment(Happened.AtInstant(a.RaisedAt), null, a))
            : entries.Where(e => IsOf(kind, e.Type)).Select(e => new ChildMoment(Read(e.Happened), e, null));
        var chosen = moments.Where(m => (from is null || m.On.Date >= from) && (to is null || m.On.Date <= to)).OrderBy(m => m.On).ToList();
        if (!oldestFirst)
        {
            chosen.Reverse();
        }

        return chosen;
    }

    private static bool IsOf(string kind, string type) => kind switch
    {
        "decisions" => Decisions.Any(w => type.Contains(w, StringComparison.Ordinal)),
        "visits" => type.Contains("visit", StringComparison.Ordinal),
        "reviews" => Meetings.Any(w => type.Contains(w, StringComparison.Ordinal)),
        _ => true,
    };

    private static Happened Read(string text) => Happened.TryParse(text, out var happened) ? happened : throw new FormatException($"\"{text}\" is not a date.");
}
