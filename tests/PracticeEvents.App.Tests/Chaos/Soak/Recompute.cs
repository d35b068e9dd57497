using System.Globalization;
using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Children;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.App.Views.Rebuilding;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>Works out every child anew from the log, at the instant at which the clock stands, and compares that with what is live.</summary>
internal static class Recompute
{
    /// <summary>Every difference, in words: one of each view, one of the timers, one of the alerts, one of the mid-points.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(string connectionString, DateTimeOffset now)
    {
        await using var parts = await Parts.OpenAsync(connectionString, now);
        var rules = parts.Get<RuleBook>();
        var children = new List<ChildPicture>();
        await foreach (var stream in parts.Get<EventStore>().LoadAllStreamsAsync(ChildPicture.StreamPrefix))
        {
            children.Add(ChildPicture.Of(stream[0].Stream[ChildPicture.StreamPrefix.Length..], stream, rules));
        }

        var structure = await parts.Get<StructureReader>().ReadAsync();
        var told = (await parts.Get<AlertTable>().ListAsync(null, null, null, default)).ToLookup(a => a.Child, StringComparer.Ordinal);
        var decided = children.ToDictionary(c => c, c => Decisions.Of(c, [.. told[c.Child]], structure, now, load: null));
        return [.. await ViewsAsync(parts, children), .. await TimersAsync(parts, decided.Values.SelectMany(d => d.Wakes)), .. Alerts(decided, now)];
    }

    // In a transaction that is rolled back: the rows as they are against the rows as they ought to be.
    private static async Task<List<string>> ViewsAsync(Parts parts, List<ChildPicture> children)
    {
        var wrongs = new List<string>();
        await using var connection = await parts.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var view in parts.Get<ViewTables>().All)
        {
            await using (var keep = new NpgsqlCommand(
                $"create temp table live_{view.Name} on commit drop as select * from practice.{view.Name}; delete from practice.{view.Name}",
                connection))
            {
                await keep.ExecuteNonQueryAsync();
            }

            var copy = new TableCopy($"practice.{view.Name}", view.Columns.Select(c => (c.Name, c.SqlType)));
            await copy.WriteAsync(connection, [.. children.SelectMany(view.Values)], default);
            await using var compare = new NpgsqlCommand($"""
                (select 'live only: ' || t::text from (select * from live_{view.Name} except all select * from practice.{view.Name}) t limit 1) union all
                (select 'missing: ' || t::text from (select * from practice.{view.Name} except all select * from live_{view.Name}) t limit 1)
                """, connection) { CommandTimeout = 0 };
            if (await compare.ExecuteScalarAsync() is string found)
            {
                wrongs.Add($"{view.Name} differ from a recompute: {found}");
            }
        }

        return wrongs;
    }

    private static async Task<List<string>> TimersAsync(Parts parts, IEnumerable<DueTimer> wakes)
    {
        var live = new HashSet<DueTimer>();
        await using var command = parts.Source.CreateCommand("select owner, key, due_at from practice.timers");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            live.Add(new DueTimer(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }

        var wanted = wakes.ToHashSet();
        return [.. live.Except(wanted).Select(t => $"a timer that ought not to be: {t}").Take(1), .. wanted.Except(live).Select(t => $"a timer that is missing: {t}").Take(1)];
    }

    private static List<string> Alerts(Dictionary<ChildPicture, Decisions> decided, DateTimeOffset now)
    {
        var undecided = decided.SelectMany(d => d.Value.Alerts
            .Select(e => string.Create(CultureInfo.InvariantCulture, $"an alert that ought to be different by now: {e.GetType().Name} of {d.Key.Child}, {e.Alert}")));
        var midPoints = decided.Keys.SelectMany(c => MidPoints.Due(c, now).Select(m => $"a mid-point that was not told of: {c.Child} {m.Ref}"));
        return [.. undecided.Take(1), .. midPoints.Take(1)];
    }
}
