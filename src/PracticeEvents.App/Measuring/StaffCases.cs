using PracticeEvents.App.Access;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Measures;
using PracticeEvents.Store;

namespace PracticeEvents.App.Measuring;

/// <summary>Cases of the measures of staff, from the events of workers and teams. For those who manage or head a team, and those who see
/// everything; never for colleagues.</summary>
internal sealed class StaffCases(EventStore store)
{
    /// <summary>The facts that the measures are made from.</summary>
    public async Task<IReadOnlyList<Fact>> FactsAsync(CancellationToken ct)
    {
        return [.. RecordedFacts.Readable(await store.ReadEveryAsync(StaffRecord.Types, ct))];
    }

    /// <summary>The cases of some measures in the teams that a viewer manages.</summary>
    public static IEnumerable<MeasuredRow> Of(IEnumerable<IStaffMeasure> measures, IEnumerable<Fact> facts, DateOnly through, Viewer viewer)
    {
        var staff = new StaffRecord(facts);
        return from measure in measures
               from one in measure.Cases(staff, through)
               where viewer.SeesEverything || (one.Team is { } team && viewer.Structure.Teams.GetValueOrDefault(team) is { } known && Manages(viewer, known))
               select MeasuredRow.Of("", measure.About.Id, one.Case, one.Team);
    }

    private static bool Manages(Viewer viewer, Team team) =>
        !viewer.HasLeft
        && (viewer.Structure.ManagerOf(team) == viewer.Worker || team.Head == viewer.Worker || (team.Service is { } service && viewer.Services.Contains(service)));
}
