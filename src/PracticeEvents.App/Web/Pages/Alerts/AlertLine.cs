using PracticeEvents.App.Alerts;
using PracticeEvents.App.Views;
using PracticeEvents.App.Web.Pages.Children;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Web.Pages.Alerts;

/// <summary>An alert with the duty that it is about, as the duty stands now.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Duty">The duty; nothing for something to know.</param>
/// <param name="Standing">How the duty stands; nothing for something to know.</param>
/// <param name="Edition">The edition of the rule behind it.</param>
/// <param name="SettledAt">When it was settled (UTC), if it was.</param>
internal sealed record AlertLine(AlertJson Alert, ObligationRow? Duty, DutyStanding? Standing, Edition? Edition, DateTimeOffset? SettledAt)
{
    /// <summary>True for duties that nobody can be held to.</summary>
    public bool IsUncovered => Alert.Rule == Domain.Alerts.UncoveredDuties.Rule;

    /// <summary>True for something to know, which asks only to be read.</summary>
    public bool IsNotice => Standing is null && !IsUncovered;

    /// <summary>The code by which lines are grouped and filtered: a status of the contract, or <c>to_know</c>.</summary>
    public string Group => IsUncovered ? Uncovered : Standing?.Code ?? ToKnow;

    /// <summary>Place of the group on the page.</summary>
    public int Order => IsUncovered ? -2 : Standing?.Order ?? -1;

    /// <summary>True while it asks for something.</summary>
    public bool IsLive => Alert.Status is Domain.Alerts.AlertStatus.Open or Domain.Alerts.AlertStatus.Acknowledged;

    /// <summary>When an alert's duty is due, in words: "24 Sep 2026", with the time where it is due by one.</summary>
    public static string DueWords(AlertJson alert) => Domain.Events.Happened.TryParse(alert.Due, out var due)
        ? $"{Dates.Short(due.Date)}{(due.At is { } at ? $" at {Dates.Time(at)}" : "")}"
        : alert.Due;

    /// <summary>The group of decisions with no deadline, which ask only to be read.</summary>
    public const string ToKnow = "to_know";

    /// <summary>The group of duties that nobody can be held to.</summary>
    public const string Uncovered = "uncovered";

    /// <summary>The heading of a group.</summary>
    public static string Heading(string group) => group == Uncovered ? "Nobody can be reached" : group == ToKnow ? "For you to know" : StatusWord.For(group).Word;
}

/// <summary>A line of the download: references and dates, never a name.</summary>
internal sealed record AlertCsvRow(
    string Id, string Child, string Rule, string Title, Guid Occurrence, string DutyStatus, Domain.Events.AlertStage Stage, Domain.Events.Role Role, string To, string Due,
    DateTimeOffset RaisedAt, Domain.Alerts.AlertStatus Status, string? AcknowledgedBy)
{
    /// <summary>A line as a row.</summary>
    public static AlertCsvRow Of(AlertLine line) => new(
        line.Alert.Id, line.Alert.Child, line.Alert.Rule, line.Alert.Title, line.Alert.Occurrence, AlertLine.Heading(line.Group), line.Alert.Stage, line.Alert.Role, line.Alert.To,
        line.Alert.Due, line.Alert.RaisedAt, line.Alert.Status, line.Alert.AcknowledgedBy);
}
