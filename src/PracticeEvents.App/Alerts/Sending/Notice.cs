using System.Globalization;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>One alert in a message. A reference and a duty, never a name.</summary>
/// <param name="Kind">What happened: the stored name of the alert event.</param>
/// <param name="Alert">The alert as it stood then.</param>
/// <param name="Title">What the duty is called.</param>
/// <param name="Link">Page of the alert.</param>
internal sealed record NoticeItem(string Kind, AlertState Alert, string Title, Uri Link)
{
    private static readonly string Settled = EventCatalogue.Kind<AlertSettled>().Alias;
    private static readonly string Withdrawn = EventCatalogue.Kind<AlertWithdrawn>().Alias;

    /// <summary>What it is about in one line, fit for a lock screen: stage, duty, reference.</summary>
    public string Line => $"{(Kind == Settled ? "Done" : Kind == Withdrawn ? "Withdrawn" : Notice.Stage(Alert.Stage))}: {Title}, child {Alert.Child}";
}

/// <summary>One message to one subscriber: one alert, the same duty of brothers and sisters, or all that waited for the hour at which the person
/// wants it; nothing for a test.</summary>
/// <param name="Id">The same at every attempt, so that the receiver can tell a repetition.</param>
/// <param name="Items">The alerts, the most overdue first.</param>
/// <param name="At">When the last of it was said (UTC).</param>
/// <param name="Link">The page of the alert, or of all alerts where there are several.</param>
/// <param name="IsDigest">True for what waited.</param>
internal sealed record Notice(string Id, IReadOnlyList<NoticeItem> Items, DateTimeOffset At, Uri Link, bool IsDigest = false)
{
    /// <summary>The most alerts that a message lists; it says how many more there are.</summary>
    public const int Most = 50;

    /// <summary>What it is about in one line, fit for a lock screen.</summary>
    public string Line => this switch
    {
        { Items: [] } => "Test message: alerts reach you here.",
        { Items: [var one] } => one.Line,
        { IsDigest: true } => string.Create(CultureInfo.InvariantCulture, $"{Items.Count} alerts for you{(Overdue == 0 ? "" : $", {Overdue} about work that is overdue")}"),
        _ when Children is [var child] => $"{Items[0].Title}: child {child}",
        _ => $"{Items[0].Title}: children {string.Join(", ", Children.SkipLast(1))} and {Children[^1]}",
    };

    /// <summary>What is due when, in plain lines: one for each alert, with its stage where there are several.</summary>
    public string Text => this switch
    {
        { Items: [] } => "",
        { Items: [var one] } => $"Due: {one.Alert.Due.InWords()}",
        _ => string.Join('\n', Items.Take(Most).Select(i =>
                $"{i.Line}{(IsToSeveral(i) ? $", told to the {EventName.Word(i.Alert.Role).Replace('_', ' ')}" : "")}. Due: {i.Alert.Due.InWords()}"))
            + (Items.Count > Most ? string.Create(CultureInfo.InvariantCulture, $"\nand {Items.Count - Most} more, in your inbox.") : ""),
    };

    private IReadOnlyList<string> Children => [.. Items.Select(i => i.Alert.Child).Distinct(StringComparer.Ordinal)];

    // Who watches a whole team is sent the same duty of a child as told to each of its people.
    private bool IsToSeveral(NoticeItem item) => Items.Count(i => i.Alert.Child == item.Alert.Child && i.Title == item.Title) > 1;

    private int Overdue => Items.Count(i => i.Alert.Stage is AlertStage.Overdue or AlertStage.Escalated);

    /// <summary>A stage as a line begins.</summary>
    public static string Stage(AlertStage stage) => stage switch
    {
        AlertStage.DueSoon => "Due soon",
        AlertStage.ToKnow => "To know",
        AlertStage.MidPoint => "Half-way point",
        _ => stage.ToString(),
    };
}
