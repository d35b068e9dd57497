using PracticeEvents.App.Process;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Views;

/// <summary>Every duty of every child. The status is not kept: it follows from these columns and the time of day.</summary>
internal sealed class ObligationsView : View<ObligationRow>
{
    public override string Name => "obligations";

    public override IReadOnlyList<string> Key => ["child", "rule", "occurrence"];

    public override IEnumerable<ObligationRow> Rows(ChildPicture child) => child.Duties.Where(d => !d.Edition.IsNotice).Select(d => new ObligationRow(
        child.Child, d.Rule.Id, d.Occurrence, d.Rule.Title, d.Rule.Area, d.Edition.Name, d.StartedBy.EventId, d.StartedOn.Date, d.StartedOn.At,
        d.Due?.Date, d.Due?.At, d.PlanBy, d.Outcome, d.MetOn?.Date, d.MetOn?.At, d.EndedBy?.EventId, d.Because, d.SoonFrom, d.Due?.LateFrom,
        d.MetLate, d.Due is null ? [] : [.. d.Edition.RolesTold.Select(EventName.Word)]));
}

/// <summary>A duty as the view keeps it.</summary>
internal sealed record ObligationRow(
    string Child, string Rule, Guid Occurrence, string Title, string Area, string Edition, string StartedBy, DateOnly StartedOn, DateTimeOffset? StartedAt,
    DateOnly? Due, DateTimeOffset? DueAt, DateOnly? PlanBy, Outcome Outcome, DateOnly? MetOn, DateTimeOffset? MetAt, string? EndedBy, string? Because,
    DateTimeOffset? SoonFrom, DateTimeOffset? LateFrom, bool MetLate, string[] Roles)
{
    /// <summary>The status at an instant.</summary>
    public Status StatusAt(DateTimeOffset now) => Standing.At(Outcome, MetLate, SoonFrom, LateFrom, now);

    /// <summary>When it is due, as the contract writes it.</summary>
    public string? DueText => Due is { } date ? new DueDate(date, DueAt).ToString() : null;

    /// <summary>When it was met, as the contract writes it.</summary>
    public string? MetText => MetOn is { } date ? new DueDate(date, MetAt).ToString() : null;
}
