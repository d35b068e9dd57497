using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Store;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>Events appended a hundred at a time by 4 writers, each batch over ten streams, beside plain inserts of the same rows into tables of the same shape.</summary>
internal sealed class BatchAppends : IRow
{
    private const int Writers = 4;
    private const int Size = 100;

    public string Word => "batch";

    public async Task<Measured> MeasureAsync(Ground ground)
    {
        await using var database = await ground.Server.FreshAsync();
        await using var store = new EventStore(database.Source, NullLogger<EventStore>.Instance);
        Task Ours(int writer) => store.AppendAsync([.. Enumerable.Range(0, Size).Select(n => Samples.For(Stream(writer, n)))]);

        await Rate.OfAsync(Writers, TimeSpan.FromSeconds(1), Ours);
        var before = await database.FootprintAsync();
        var (batches, count, seconds) = await Rate.OfAsync(Writers, Knobs.Burst, Ours);
        var profile = new Profile("Events a hundred at a time", "batch of 100", count, seconds, await database.FootprintAsync() - before);

        await FloorTables.MakeAsync(database);
        await Rate.OfAsync(Writers, TimeSpan.FromSeconds(1), writer => PlainAsync(database, writer));
        var (floor, _, _) = await Rate.OfAsync(Writers, Knobs.Burst, writer => PlainAsync(database, writer));
        return new(
            [
                new(
                    $"Events appended {Size} at a time, {Writers} writers",
                    batches * Size,
                    "events/s",
                    new("plain inserts", floor * Size),
                    Goal.AtLeast(60_000),
                    Goal.TimesBeside(0.75)),
            ],
            profile);
    }

    // Writers keep to streams of their own: plain inserts would wait for each other in a circle.
    private static string Stream(int writer, int n) => string.Create(CultureInfo.InvariantCulture, $"child-{writer}-{(Random.Shared.Next(500) * 10) + (n % 10)}");

    /// <summary>A hundred plain rows in one transaction, into the tables of <see cref="FloorTables"/>.</summary>
    public static async Task PlainAsync(Fresh database, int writer)
    {
        string[] of = [.. Enumerable.Range(0, Size).Select(n => Stream(writer, n))];
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new("""
                    insert into floor.streams as t (id, version) select u.id, count(*) from unnest($1) as u (id) group by u.id
                    on conflict (id) do update set version = t.version + excluded.version, timestamp = now()
                    """) { Parameters = { new() { Value = of } } },
                new("""
                    insert into floor.events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, headers)
                    select nextval('floor.position'), u.id, u.stream, t.version - row_number() over (partition by u.stream) + 1, u.data, 'visit_recorded', now(), 'VisitRecorded', u.headers
                    from unnest($1, $2, $3, $4) as u (id, stream, data, headers) join floor.streams t on t.id = u.stream
                    """)
                {
                    Parameters =
                    {
                        new() { Value = of.Select(_ => Guid.NewGuid()).ToArray() },
                        new() { Value = of },
                        new() { Value = Enumerable.Repeat(Samples.Body, Size).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
                        new() { Value = of.Select(_ => $$"""{"id":"{{Samples.Id()}}","source":"/bench"}""").ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
                    },
                },
            },
        };
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }
}
