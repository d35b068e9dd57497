using System.Security.Cryptography;
using System.Text;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Alerts;

/// <summary>How an alert stands.</summary>
public enum AlertStatus
{
    /// <summary>Raised; nobody has taken it on.</summary>
    Open,

    /// <summary>Somebody is dealing with it. The clock does not stop.</summary>
    Acknowledged,

    /// <summary>The practice event came that it asked for; or, for something to know, it was read.</summary>
    Settled,

    /// <summary>The ground for it fell away.</summary>
    Withdrawn,
}

/// <summary>One alert: what one person was told about one duty of one child. There is one for each (child, rule, occurrence, recipient); a later stage updates it.</summary>
public sealed record AlertState
{
    /// <summary>Identity, worked out from the four things that make it one alert.</summary>
    public required string Id { get; init; }

    /// <summary>Child reference.</summary>
    public required string Child { get; init; }

    /// <summary>Rule id.</summary>
    public required string Rule { get; init; }

    /// <summary>Which of the rule's duties.</summary>
    public required Guid Occurrence { get; init; }

    /// <summary>Role in which the person is told.</summary>
    public required Role Role { get; init; }

    /// <summary>Worker told.</summary>
    public required string To { get; init; }

    /// <summary>Stage reached.</summary>
    public required AlertStage Stage { get; init; }

    /// <summary>When the duty was due when the stage was reached.</summary>
    public required DueDate Due { get; init; }

    /// <summary>UTC instant at which it was raised.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>How it stands.</summary>
    public AlertStatus Status { get; init; }

    /// <summary>Event ids that started the duty.</summary>
    public IReadOnlyList<string> Because { get; init; } = [];

    /// <summary>Worker who is dealing with it.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>UTC instant at which they said so; of several, the last.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>UTC instant at which the recipient first opened it.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>London date on which the recipient asked to be reminded; nothing once they were.</summary>
    public DateOnly? RemindOn { get; init; }

    /// <summary>Worker to whom the recipient, or somebody for them, passed it on. It stays, also where the alert came back because that
    /// worker cannot be reached: once they can, it is theirs again.</summary>
    public string? PassedTo { get; init; }

    /// <summary>What somebody said is wrong with it, while nobody has answered.</summary>
    public AlertFault? Questioned { get; init; }

    /// <summary>Event id or sentence that settled it.</summary>
    public string? SettledBy { get; init; }

    /// <summary>Why it was withdrawn, a sentence.</summary>
    public string? WithdrawnBecause { get; init; }

    /// <summary>True while it asks for something.</summary>
    public bool IsLive => Status is AlertStatus.Open or AlertStatus.Acknowledged;

    /// <summary>The identity of the alert about a duty to a person.</summary>
    public static string IdOf(string child, string rule, Guid occurrence, string to) =>
        "a" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{child}\n{rule}\n{occurrence:N}\n{to}")))[..24];

    /// <summary>An alert after one of its events. An event about an alert that was never raised changes nothing; nor does one that raises it under another identity
    /// than its own, as a program might that writes to the log: such an alert could not stand beside the one that it says it is.</summary>
    /// <param name="state">The alert so far; nothing before it is raised.</param>
    /// <param name="e">The event.</param>
    /// <param name="at">UTC instant at which the event was recorded.</param>
    public static AlertState? Evolve(AlertState? state, PracticeEvent e, DateTimeOffset at) => (state, e) switch
    {
        (null, AlertRaised r) when Guid.TryParse(r.Occurrence, out var occurrence) && r.Alert == IdOf(r.Child, r.Rule, occurrence, r.To) => new AlertState
        {
            Id = r.Alert,
            Child = r.Child,
            Rule = r.Rule,
            Occurrence = occurrence,
            Role = r.Role,
            To = r.To,
            Stage = r.Stage,
            Due = new DueDate(r.Due.Date, r.Due.At?.ToUniversalTime()),
            RaisedAt = at,
            Because = r.Because,
        },
        ({ } s, AlertStageReached r) => s with
        {
            Stage = r.Stage,
            Due = new DueDate(r.Due.Date, r.Due.At?.ToUniversalTime()),
            Status = s.Status is AlertStatus.Acknowledged ? s.Status : AlertStatus.Open,
            // What came back after it was over is nobody's yet, and was seen by nobody.
            AcknowledgedBy = s.IsLive ? s.AcknowledgedBy : null,
            AcknowledgedAt = s.IsLive ? s.AcknowledgedAt : null,
            SeenAt = s.IsLive ? s.SeenAt : null,
            SettledBy = null,
            WithdrawnBecause = null,
        },
        ({ IsLive: true } s, AlertAcknowledged a) => s with { Status = AlertStatus.Acknowledged, AcknowledgedBy = a.By, AcknowledgedAt = at },
        ({ SeenAt: null } s, AlertSeen) => s with { SeenAt = at },
        ({ IsLive: true } s, AlertReminderSet r) => s with { RemindOn = r.RemindOn },
        ({ } s, AlertReminded) => s with { RemindOn = null },
        ({ IsLive: true } s, AlertReassigned r) => s with
        {
            Status = AlertStatus.Withdrawn,
            PassedTo = r.To,
            RemindOn = null,
            Questioned = null,
            WithdrawnBecause = $"Passed on to {r.To}.",
        },
        ({ IsLive: true } s, AlertQuestioned q) => s with { Questioned = q.Fault },
        ({ } s, AlertQuestionAnswered) => s with { Questioned = null },
        ({ IsLive: true } s, AlertSettled x) => s with { Status = AlertStatus.Settled, RemindOn = null, Questioned = null, SettledBy = x.Because.Count > 0 ? x.Because[0] : null },
        ({ IsLive: true } s, AlertWithdrawn w) => s with
        {
            Status = AlertStatus.Withdrawn,
            RemindOn = null,
            Questioned = null,
            WithdrawnBecause = w.Because.Count > 0 ? w.Because[0] : null,
        },
        _ => state,
    };
}
