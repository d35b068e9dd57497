using PracticeEvents.App.Process;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;
using PracticeEvents.Store;

namespace PracticeEvents.App.Views;

/// <summary>Every duty of every child. The status is not kept: it follows from these columns and the time of day.</summary>
internal sealed class ObligationsView : View<ObligationRow>
{
    public override string Name => "obligations";

    public override IReadOnlyList<string> Key => ["child", "rule", "occurrence"];

    /// <summary>The duties that lists speak of: open ones, and those whose last rounds were late.</summary>
    public static readonly Part<ObligationRow> Current = new($"outcome = 'open' or late_again", d => d.Outcome is Outcome.Open || d.LateAgain);

    /// <summary>Some duties.</summary>
    public static Part<ObligationRow> Of(IReadOnlySet<(string Child, string Rule, Guid Occurrence)> which) => new(
        // Joined, and not "any of so many": each row of these children would be held against each of a long list.
        $"""
        (child, rule, occurrence) in (
            select * from unnest({which.Select(d => d.Child).ToArray()}, {which.Select(d => d.Rule).ToArray()}, {which.Select(d => d.Occurrence).ToArray()}))
        """,
        d => which.Contains((d.Child, d.Rule, d.Occurrence)));

    /// <summary>The open duty of a worker's children that is due first; nothing when none is due.</summary>
    /// <param name="view">The view.</param>
    /// <param name="worker">Allocated to the children, in any role.</param>
    public static Query<ObligationRow?> FirstDue(ObligationsView view, string worker) => ViewReader.Rows(
        view,
        new(
            $"outcome = 'open' and due is not null and child in (select child from practice.children where {ChildrenView.With(worker).Sql})",
            d => d is { Outcome: Outcome.Open, Due: not null }),
        order: "due, child, rule, occurrence", most: 1).Then(found => found.SingleOrDefault());

    protected override IReadOnlyList<ViewIndex> FoundBy => [new("obligations_current", $"(child) where {Current.Sql}")];

    public override IEnumerable<ObligationRow> Rows(ChildPicture child)
    {
        var duties = child.Duties.Where(d => !d.Edition.IsNotice).ToList();
        var late = LateAgain(duties);
        return duties.Select(d => Row(child.Child, d, late.Contains((d.Rule.Id, d.Occurrence))));
    }

    // The last round of each duty that was met late, as was the round before it. Most children have none, and are not searched further.
    private static HashSet<(string Rule, Guid Occurrence)> LateAgain(List<Obligation> duties) => duties.Count(d => d.MetLate) < 2 ? [] :
    [
        .. from duty in duties
           where duty.Outcome is Outcome.Met
           group duty by duty.Rule.Id into rounds
           let last = rounds.OrderByDescending(d => d.StartedOn.Date).Take(2).ToList()
           where last.Count == 2 && last.TrueForAll(d => d.MetLate)
           select (last[0].Rule.Id, last[0].Occurrence),
    ];

    private static ObligationRow Row(string child, Obligation d, bool lateAgain) => new(
        child, d.Rule.Id, d.Occurrence, d.Rule.Title, d.Rule.Area, d.Edition.Name, d.StartedBy.EventId, d.StartedOn.Date, d.StartedOn.At,
        d.Due?.Date, d.Due?.At, d.PlanBy, d.Outcome, d.MetOn?.Date, d.MetOn?.At, d.EndedBy?.EventId, d.Because, d.SoonFrom, d.Due?.LateFrom,
        d.MetLate, d.Due is null ? [] : [.. d.Edition.RolesTold.Select(EventName.Word)], lateAgain);
}

/// <summary>A duty as the view keeps it. <c>LateAgain</c>: the last round of its duty that was met, late as the one before it was.</summary>
internal sealed record ObligationRow(
    string Child, string Rule, Guid Occurrence, string Title, string Area, string Edition, string StartedBy, DateOnly StartedOn, DateTimeOffset? StartedAt,
    DateOnly? Due, DateTimeOffset? DueAt, DateOnly? PlanBy, Outcome Outcome, DateOnly? MetOn, DateTimeOffset? MetAt, string? EndedBy, string? Because,
    DateTimeOffset? SoonFrom, DateTimeOffset? LateFrom, bool MetLate, string[] Roles, bool LateAgain)
{
    /// <summary>The status at an instant.</summary>
    public Status StatusAt(DateTimeOffset now) => Standing.At(Outcome, MetLate, SoonFrom, LateFrom, now);

    /// <summary>When it is due, as the contract writes it.</summary>
    public string? DueText => Due is { } date ? new DueDate(date, DueAt).ToString() : null;

    /// <summary>When it was met, as the contract writes it.</summary>
    public string? MetText => MetOn is { } date ? new DueDate(date, MetAt).ToString() : null;
}
