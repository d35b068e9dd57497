using System.Security.Claims;
using PracticeEvents.App.Access;
using PracticeEvents.App.Children;
using PracticeEvents.App.Views;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Measures;

namespace PracticeEvents.App.Measuring;

/// <summary>Figures of measures for a reader: of the children whom the reader may see and the teams that the reader manages, as known now and as reported then.</summary>
internal sealed class MeasureReader(
    ChildAccess access, ViewReader reader, MeasuresView view, LiveTallies live, StaffCases staff, AlertCases alerts,
    StructureReader structures, TimeProvider time)
{
    // An alert that was raised earlier counts earlier.
    private const int AlertDays = 14;

    // What a reader may see, and how a case comes to its team.
    private sealed record Sighted(Viewer Viewer, IReadOnlyCollection<string>? Children, IReadOnlyDictionary<string, string?> TeamOf);

    /// <summary>The figures, in the order of the measures, periods and teams.</summary>
    public async Task<IReadOnlyList<Measured>> FiguresAsync(ClaimsPrincipal user, Asked asked, CancellationToken ct) =>
        await FiguresAsync(await access.ViewerAsync(user, ct), asked, ct);

    /// <summary>The figures of everybody, for whoever has the database itself.</summary>
    public async Task<IReadOnlyList<Measured>> FiguresOfAllAsync(Asked asked, CancellationToken ct) =>
        await FiguresAsync(Viewer.Of(Everything, await structures.ReadAsync(ct: ct)), asked, ct);

    /// <summary>The cases of a child measure that stand in a period, by child, for those whom the reader may see.</summary>
    public async Task<IReadOnlyList<(MeasuredRow Row, CaseStanding Standing)>> CasesAsync(ClaimsPrincipal user, IChildMeasure measure, Asked asked, CancellationToken ct)
    {
        var viewer = await access.ViewerAsync(user, ct);
        var structure = viewer.Structure;
        var sight = await SightAsync(viewer, ct);
        var day = London.DateOf(asked.AsAt ?? time.GetUtcNow());
        var buckets = Sorting.Buckets(measure.About, asked.Periods, day);
        var rows = await RowsAsync([measure], buckets, sight, asked.AsAt, ct);
        return
        [
            .. from row in rows
               where IsWanted(Team(row, sight), asked, structure)
               from bucket in buckets
               let standing = Sorting.For(measure.About).Of(row, bucket, day)
               where standing is not null
               orderby row.Child, row.FromOn
               select (row, standing.Value),
        ];
    }

    private static readonly ClaimsPrincipal Everything = new(new ClaimsIdentity([new Claim(ClaimTypes.Role, "administrator")]));

    private async Task<IReadOnlyList<Measured>> FiguresAsync(Viewer viewer, Asked asked, CancellationToken ct)
    {
        var structure = viewer.Structure;
        var sight = await SightAsync(viewer, ct);
        var day = London.DateOf(asked.AsAt ?? time.GetUtcNow());
        var (now, then) = asked.AsAt is null ? (await LiveAsync(asked, sight, day, ct), null) : await BothAsync(asked, sight, day, asked.AsAt.Value, ct);
        var tallies = now.Tallies.Where(t => IsWanted(t.Team, asked, structure)).ToLookup(t => (t.Measure, t.Period));
        var before = then?.Tallies.Where(t => IsWanted(t.Team, asked, structure)).ToLookup(t => (t.Measure, t.Period));
        var differ = then is null ? null : Difference(now, then, asked, structure);
        return
        [
            .. from measure in asked.Measures
               from n in Enumerable.Range(0, asked.Periods.Count)
               let key = (measure.About.Id, n)
               let teams = asked.ByTeam
                   ? tallies[key].Concat(before?[key] ?? []).Select(t => t.Team).Distinct().OrderBy(t => t, StringComparer.Ordinal).Select(t => (All: false, Team: t)).ToList()
                   : [(All: true, Team: null)]
               from one in teams
               select new Measured(
                   measure.About, asked.Periods[n], one.Team, Figure.Of(measure.About, [.. tallies[key].Where(t => one.All || t.Team == one.Team)]),
                   before is null ? null : Figure.Of(measure.About, [.. before[key].Where(t => one.All || t.Team == one.Team)]),
                   differ?.Count(d => d.Measure == measure.About.Id && d.Period == n && (one.All || d.Team == one.Team))),
        ];
    }

    private async Task<Sorted> LiveAsync(Asked asked, Sighted sight, DateOnly day, CancellationToken ct)
    {
        var children = asked.Measures.OfType<IChildMeasure>().Select(m => m.About).ToList();
        IReadOnlyList<Tally> tallies = children.Count == 0 ? [] : await live.OfAsync(children, asked.Periods, sight.Children, day, sight.Viewer.Structure, ct);
        var others = Sorted.Of(asked, [.. await StaffAsync(asked, sight, day, null, ct), .. await AlertsAsync(asked, sight, null, ct)], day, row => Team(row, sight));
        return others with { Tallies = [.. tallies, .. others.Tallies] };
    }

    private async Task<(Sorted Now, Sorted Then)> BothAsync(Asked asked, Sighted sight, DateOnly day, DateTimeOffset asAt, CancellationToken ct)
    {
        return (await OfAsync(null), await OfAsync(asAt));

        async Task<Sorted> OfAsync(DateTimeOffset? instant)
        {
            var children = asked.Measures.OfType<IChildMeasure>().ToList();
            var buckets = children.SelectMany(m => Sorting.Buckets(m.About, asked.Periods, day)).Distinct().ToList();
            var rows = await RowsAsync(children, buckets, sight, instant, ct);
            return Sorted.Of(asked, [.. rows, .. await StaffAsync(asked, sight, day, instant, ct), .. await AlertsAsync(asked, sight, instant, ct)], day, row => Team(row, sight));
        }
    }

    private async Task<IReadOnlyList<MeasuredRow>> RowsAsync(
        IReadOnlyList<IChildMeasure> measures, IReadOnlyList<Bucket> buckets, Sighted sight, DateTimeOffset? asAt, CancellationToken ct) =>
        measures.Count == 0 || buckets.Count == 0 ? []
            : await reader.RowsAsync(view, sight.Children, MeasuresView.Of([.. measures.Select(m => m.About.Id)], buckets.Min(b => b.First), buckets.Max(b => b.Last)), asAt, ct);

    private async Task<IEnumerable<MeasuredRow>> StaffAsync(Asked asked, Sighted sight, DateOnly day, DateTimeOffset? asAt, CancellationToken ct) =>
        asked.Measures.OfType<IStaffMeasure>().ToList() is { Count: > 0 } measures
            ? StaffCases.Of(measures, (await staff.FactsAsync(ct)).Where(f => asAt is null || f.ReceivedAt <= asAt), day, sight.Viewer) : [];

    private async Task<IEnumerable<MeasuredRow>> AlertsAsync(Asked asked, Sighted sight, DateTimeOffset? asAt, CancellationToken ct) =>
        asked.Measures.OfType<IAlertMeasure>().ToList() is { Count: > 0 } measures
            ? alerts.Of(measures, await alerts.FactsAsync(sight.Children, asked.Periods.Min(p => p.From).AddDays(-AlertDays), asked.Periods.Max(p => p.To), ct), asAt) : [];

    private async Task<Sighted> SightAsync(Viewer viewer, CancellationToken ct)
    {
        var children = await access.AllAsync(viewer, ct);
        return new Sighted(
            viewer, viewer.SeesEverything ? null : [.. children.Select(c => c.Child)],
            children.ToDictionary(c => c.Child, c => c.TeamIn(viewer.Structure)?.Id ?? c.Team, StringComparer.Ordinal));
    }

    private static string? Team(MeasuredRow row, Sighted sight) => row.Team ?? sight.TeamOf.GetValueOrDefault(row.Child);

    private static bool IsWanted(string? team, Asked asked, Structure structure) =>
        (asked.Team is null || team == asked.Team)
        && (asked.Service is null || (team is not null && structure.Teams.GetValueOrDefault(team)?.Service == asked.Service));

    // A case that stands otherwise, or in one of the two only, in the team that has it now.
    private static List<Standing> Difference(Sorted now, Sorted then, Asked asked, Structure structure)
    {
        var before = then.Standings.ToDictionary(s => s.Key);
        var after = now.Standings.ToDictionary(s => s.Key);
        return
        [
            .. after.Values.Where(s => before.GetValueOrDefault(s.Key)?.Is != s.Is).Concat(before.Values.Where(s => !after.ContainsKey(s.Key)))
                .Where(s => IsWanted(s.Team, asked, structure)),
        ];
    }
}
