using Npgsql;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Measures;

namespace PracticeEvents.App.Measuring;

/// <summary>Figures of children's measures as known now, added up by the database.</summary>
internal sealed class LiveTallies(NpgsqlDataSource source, MeasuresView view)
{
    /// <summary>The tallies of some measures for some periods, of some children or of all.</summary>
    public async Task<IReadOnlyList<Tally>> OfAsync(
        IReadOnlyList<Definition> measures, IReadOnlyList<Period> periods, IReadOnlyCollection<string>? children, DateOnly day, Structure structure, CancellationToken ct)
    {
        var tallies = new List<Tally>();
        foreach (var alike in measures.GroupBy(Sorting.For))
        {
            var buckets = Sorting.Buckets(alike.First(), periods, day);
            await ReadAsync(alike.Key, [.. alike.Select(m => m.Id)], buckets, children, day, structure, tallies, ct);
        }

        return tallies;
    }

    private async Task ReadAsync(
        Sorting sorting, string[] measures, IReadOnlyList<Bucket> buckets, IReadOnlyCollection<string>? children, DateOnly day, Structure structure, List<Tally> tallies,
        CancellationToken ct)
    {
        // A case of which no team is said is its child's team's now; that can hang on the worker, whom no figure shows.
        await using var command = source.CreateCommand($"""
            select measure, period, team, worker, counted, case when counted then hit end, recorded, case when counted then value end, count(*)::integer
            from (
                select m.measure, b.period, coalesce(m.team, c.team) as team, case when m.team is null and c.team is null then c.social_worker end as worker,
                    {sorting.Counted} as counted, m.hit, m.not_recorded is null as recorded, {sorting.Value} as value
                from unnest($1, $2, $3) as b (period, first, last)
                cross join (select $4 as day) as d
                join {ViewTables.Live}.{view.Name} m on {sorting.Where}
                left join {ViewTables.Live}.children c on c.child = m.child
                where m.measure = any($5){(children is null ? "" : " and m.child = any($6)")}) as sorted
            group by 1, 2, 3, 4, 5, 6, 7, 8
            """);
        command.Parameters.AddWithValue(buckets.Select(b => b.Period).ToArray());
        command.Parameters.AddWithValue(buckets.Select(b => b.First).ToArray());
        command.Parameters.AddWithValue(buckets.Select(b => b.Last).ToArray());
        command.Parameters.AddWithValue(day);
        command.Parameters.AddWithValue(measures);
        if (children is not null)
        {
            command.Parameters.AddWithValue(children.ToArray());
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var counted = reader.GetBoolean(4);
            var standing = new CaseStanding(counted, Bool(reader, 5), !counted || reader.GetBoolean(6), reader.IsDBNull(7) ? null : reader.GetInt32(7));
            tallies.Add(new Tally(
                reader.GetString(0), reader.GetInt32(1), structure.TeamOf(Text(reader, 2), Text(reader, 3))?.Id ?? Text(reader, 2),
                standing, reader.GetInt32(8)));
        }
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static bool? Bool(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetBoolean(column);
}
