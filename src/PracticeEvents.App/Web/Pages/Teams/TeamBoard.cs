using PracticeEvents.App.Api;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Web.Pages.Teams;

/// <summary>One cell of "Duties by worker": how many duties stand at the worst status there; nothing when there is no duty.</summary>
internal sealed record HeatCell(DutyGroup Group, Status? Worst, int Count)
{
    /// <summary>The cell of some duties.</summary>
    public static HeatCell Of(DutyGroup group, IEnumerable<DutyLine> lines)
    {
        var here = lines.Where(l => l.Group == group).ToList();
        return here.MinBy(l => l.Urgency) is { } worst ? new HeatCell(group, worst.Status, here.Count(l => l.Status == worst.Status)) : new HeatCell(group, null, 0);
    }

    /// <summary>The shade, 1 to 4, of an overdue cell. It only repeats the number; nothing for any other cell.</summary>
    public int? Shade => Worst is not Status.Overdue ? null : Count switch { 1 => 1, <= 3 => 2, <= 6 => 3, _ => 4 };
}

/// <summary>A worker's line of the table.</summary>
internal sealed record WorkerLine(CaseloadRow Load, bool Left, IReadOnlyList<HeatCell> Cells);

/// <summary>What a team's page is about, worked out from the reader's picture. Workers come by name and are never ranked.</summary>
internal sealed class TeamBoard
{
    private TeamBoard(Picture picture, RuleBook rules, DateTimeOffset now)
    {
        Children = [.. picture.Children.Where(c => c.IsOpen)];
        var children = Children.ToDictionary(c => c.Child);
        Lines =
        [
            .. from duty in picture.Duties
               where duty.Outcome is Outcome.Open && children.ContainsKey(duty.Child)
               let status = picture.Unmonitored.Contains(duty.Child) ? Status.CannotTell : duty.StatusAt(now)
               let line = new DutyLine(children[duty.Child], duty, DutyGroup.Of(rules.Find(duty.Rule)), status)
               orderby line.Urgency, duty.Due, duty.Child, duty.Rule
               select line,
        ];
        Load = CaseloadView.Of(picture.Children, picture.Duties, picture.Unmonitored, picture.Structure, now);
        Drift = DriftView.Of(picture.Children, picture.Duties, picture.Unmonitored, picture.Structure, rules.Calendar, now);
        Leavers = picture.Structure.Workers.Values.Where(w => w.Left).Select(w => w.Id).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Children whose case is open.</summary>
    public IReadOnlyList<ChildRow> Children { get; }

    /// <summary>Their open duties, the most urgent first.</summary>
    public IReadOnlyList<DutyLine> Lines { get; }

    /// <summary>Children and duties for each worker.</summary>
    public IReadOnlyList<CaseloadRow> Load { get; }

    /// <summary>Children with a reason to be talked about.</summary>
    public IReadOnlyList<DriftRow> Drift { get; }

    /// <summary>Workers who have left.</summary>
    public IReadOnlySet<string> Leavers { get; }

    /// <summary>Children whom nobody holds.</summary>
    public IEnumerable<ChildRow> Unallocated => Children.Where(c => c.SocialWorker is null);

    /// <summary>Workers who hold children.</summary>
    public IEnumerable<string> Workers => Load.Select(l => l.Worker).OfType<string>().Distinct();

    public int Overdue => Load.Sum(l => l.Overdue);

    public int CannotTell => Load.Sum(l => l.CannotTell);

    /// <summary>The board of a picture at an instant.</summary>
    public static TeamBoard Of(Picture picture, RuleBook rules, DateTimeOffset now) => new(picture, rules, now);

    /// <summary>The table: children whom nobody holds first, then leavers' caseloads, then everybody by name.</summary>
    public IEnumerable<WorkerLine> Table(IReadOnlyCollection<DutyLine> lines, Names names) =>
        from load in Load
        let left = load.Worker is { } worker && Leavers.Contains(worker)
        orderby load.Worker is null descending, left descending, names.Worker(load.Worker), load.Worker
        let own = lines.Where(l => l.Child.SocialWorker == load.Worker).ToList()
        select new WorkerLine(load, left, [.. DutyGroup.All.Select(column => HeatCell.Of(column, own))]);
}
