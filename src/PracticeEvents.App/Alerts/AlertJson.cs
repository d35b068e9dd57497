using System.Text.Json.Serialization;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Alerts;

/// <summary>An alert as the contract writes it.</summary>
internal sealed record AlertJson(
    string Id, string Child, string Rule, string Title, Guid Occurrence, AlertStage Stage, Role Role, string To, string Due, DateTimeOffset RaisedAt, AlertStatus Status,
    IReadOnlyList<string> Because, string? AcknowledgedBy, string? SettledBy, string? WithdrawnBecause, DateTimeOffset? AcknowledgedAt, DateTimeOffset? SeenAt, DateOnly? RemindOn,
    string? PassedTo, AlertFault? Questioned)
{
    /// <summary>When it is due, for people.</summary>
    [JsonIgnore]
    public string DueInWords { get; private init; } = "";

    /// <summary>An alert, with its rule's title.</summary>
    public static AlertJson Of(AlertState s, RuleBook rules) => new(
        s.Id, s.Child, s.Rule, s.Rule == UncoveredDuties.Rule ? UncoveredDuties.Title : rules.Find(s.Rule)?.Title ?? s.Rule,
        s.Occurrence, s.Stage, s.Role, s.To, s.Due.ToString(), s.RaisedAt.ToUniversalTime(), s.Status, s.Because,
        s.AcknowledgedBy, s.SettledBy, s.WithdrawnBecause, s.AcknowledgedAt?.ToUniversalTime(), s.SeenAt?.ToUniversalTime(), s.RemindOn, s.PassedTo, s.Questioned)
    {
        DueInWords = s.Due.InWords(),
    };
}
