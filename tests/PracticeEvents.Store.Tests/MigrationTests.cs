using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace PracticeEvents.Store.Tests;

/// <summary>What a database of an older program holds is still known after its migration.</summary>
[Collection(OnServer.Name)]
public sealed class MigrationTests(TestServer server)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_event_that_was_kept_with_a_key_of_its_own_is_a_duplicate_of_its_inbox_row_after_the_keys_are_gone()
    {
        await using var source = NpgsqlDataSource.Create(await server.EmptyDatabaseAsync());
        await RunAsync(
            source,
            "create schema practice; create table practice.schema_versions "
            + "(version integer primary key, name text not null, applied_at timestamptz not null default now())");
        foreach (var (version, script) in new[] { (1, "001_events"), (2, "002_practice"), (3, "003_append"), (4, "004_type_index") })
        {
            await RunAsync(source, Text(script));
            await RunAsync(source, $"insert into practice.schema_versions (version, name) values ({version}, '{script}')");
        }

        await RunAsync(source, $$"""
            insert into mt_streams (id, version) values ('child-1', 2);
            insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, headers) values
                (1, '{{EventIdentity.Of("cms", "own")}}', 'child-1', 1, '{"on":"2026-11-02"}', 'visit_recorded', now(), '{"id":"own","source":"cms"}'),
                (2, '{{EventIdentity.Of("cms", "e1")}}', 'child-1', 2, '{"on":"2026-11-02"}', 'visit_recorded', now(), '{"id":"e1","source":"cms"}');
            select setval('mt_events_sequence', 2);
            insert into practice.inbox (id, sender, format, key, body, body_hash, received_at, status, positions)
            values (7, 'cms', 'cloudevents', 'e1', 'b', 'h', now(), 'accepted', '{2}');
            insert into practice.event_keys (source, event_id, body_hash, seq_id, version, stream, inbox_id) values
                ('cms', 'own', 'h', 1, 1, 'child-1', null), ('cms', 'e1', 'h', 2, 2, 'child-1', 7);
            """);
        Assert.Contains("005_append", await Schema.MigrateAsync(source));

        await using var store = new EventStore(source, NullLogger<EventStore>.Instance);
        var again = (await store.ReceiveAsync([Delivery("e1")]))[0];
        var own = (await store.ReceiveAsync([Delivery("own")]))[0];

        Assert.Equal((Fate.Duplicate, 7L, 2L), (again.Fate, again.InboxId, again.Events[0].Position));
        Assert.Equal((Fate.Duplicate, 0L, 1L), (own.Fate, own.InboxId, own.Events[0].Position));
        Assert.Equal(1, (await new Inbox(source).FindAsync(7))!.Value.Entry.Repeats);
    }

    private static Delivery Delivery(string id) => new("cms", "cloudevents", id, "b"u8.ToArray(), Noon)
    {
        Events = [new NewEvent("child-1", "visit_recorded", null, """{"on":"2026-11-02"}""", "cms", id, Noon)],
    };

    private static string Text(string script)
    {
        using var reader = new StreamReader(typeof(Schema).Assembly.GetManifestResourceStream($"PracticeEvents.Store.Sql.{script}.sql")!);
        return reader.ReadToEnd();
    }

    private static async Task RunAsync(NpgsqlDataSource source, string sql)
    {
#pragma warning disable CA2100 // the program's own scripts
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
