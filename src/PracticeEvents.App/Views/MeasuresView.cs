using PracticeEvents.App.Process;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Measures;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Views;

/// <summary>Every case of every measure of the work with children. Figures are made from it for any period; no worker is in it.</summary>
internal sealed class MeasuresView(RuleBook rules) : View<MeasuredRow>
{
    public override string Name => "measured";

    public override IReadOnlyList<string> Key => ["child", "measure", "occurrence", "part"];

    protected override int Version => MeasureCatalogue.Edition;

    protected override IReadOnlyList<ViewIndex> FoundBy => [new("measured_on", "(measure, on_date)")];

    /// <summary>The cases of some measures that began on or before a date and had not ended before another.</summary>
    public static Part<MeasuredRow> Of(IReadOnlyCollection<string> measures, DateOnly first, DateOnly last) => new(
        $"measure = any({measures.ToArray()}) and from_on <= {last} and (on_date >= {first} or on_date is null)",
        row => measures.Contains(row.Measure) && row.FromOn <= last && !(row.OnDate < first));

    public override IEnumerable<MeasuredRow> Rows(ChildPicture child)
    {
        TeamHistory? teams = null;
        foreach (var measure in MeasureCatalogue.OfChildren)
        {
            foreach (var one in measure.Cases(child.History, child.Duties, rules.Calendar))
            {
                teams ??= new TeamHistory(child.History);
                yield return MeasuredRow.Of(child.Child, measure.About.Id, one, teams.At(one.On ?? DateOnly.MaxValue));
            }
        }
    }
}

/// <summary>A case as the view keeps it. <c>Team</c>: the one that held the child when the case counted, if events say.</summary>
internal sealed record MeasuredRow(
    string Child, string Measure, Guid Occurrence, string Part, DateOnly FromOn, DateOnly? OnDate, int? Value, bool? Hit, bool AtDayEnd, string? NotRecorded, string? Team)
{
    /// <summary>The row of a case.</summary>
    public static MeasuredRow Of(string child, string measure, MeasuredCase one, string? team) =>
        new(child, measure, one.Occurrence, one.Part, one.From, one.On, one.Value, one.Hit, one.AtDayEnd, one.NotRecorded, team);
}
