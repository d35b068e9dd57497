using Npgsql;

namespace PracticeEvents.App.Process;

/// <summary>Has children looked at again who have no event of their own to be looked at for: after a change of rules, calendar, teams or views, or
/// because much came at once.</summary>
internal static class Everyone
{
    /// <summary>Key of a timer that has a child worked out anew. Like every key of this kind it begins with <c>~</c>, so that the child's own timers do not replace it.</summary>
    public const string Anew = "~anew";

    /// <summary>Key of a timer that has a child looked at for whom it is told to: nothing new is recorded, so that no view changes.</summary>
    public const string ForPeople = "~people";

    /// <summary>True for a timer after which a child's views are worked out anew.</summary>
    public static bool IsForViews(string key) => key[0] == '~' && key != ForPeople;

    /// <summary>SQL that holds for a timer, called w, whose child has yet to be looked at: what is live of it is behind.</summary>
    public const string IsToBeLookedAt = "left(w.key, 1) = '~'";

    private const string Behind = "~behind/";

    /// <summary>The key for a child with events not yet worked through, all of one load or live.</summary>
    public static string BehindWith(string? load) => Behind + load;

    /// <summary>The load that a timer's child was behind with; nothing for another timer.</summary>
    public static string? LoadOf(string key) => key.StartsWith(Behind, StringComparison.Ordinal) && key.Length > Behind.Length ? key[Behind.Length..] : null;

    /// <summary>Arms a timer for every child of some shares, due now, within the caller's transaction if there is one.</summary>
    public static Task ScheduleAsync(NpgsqlConnection connection, IReadOnlyCollection<int> partitions, DateTimeOffset now, CancellationToken ct) => RunAsync("""
        select substring(id from 7) as child from public.mt_streams where id like 'child-%' and practice.partition_of(substring(id from 7)) = any($3)
        """, connection, partitions, now, ct);

    /// <summary>Arms a timer for every child, due now.</summary>
    public static Task ScheduleAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct) =>
        ScheduleAsync(connection, [.. Enumerable.Range(0, Store.Partitions.Count)], now, ct);

    /// <summary>What to write so that one child is looked at again, for whom it is told to.</summary>
    public static NpgsqlBatchCommand LookAgain(string child, DateTimeOffset now) => new(Arm("values ($1, $2, $3)"))
    {
        Parameters = { new() { Value = child }, new() { Value = ForPeople }, new() { Value = now.ToUniversalTime() } },
    };

    /// <summary>Arms a timer for every child of some shares who is not watched: another release may be able to read what the last one could not.</summary>
    public static Task ScheduleUnmonitoredAsync(NpgsqlConnection connection, IReadOnlyCollection<int> partitions, DateTimeOffset now, CancellationToken ct) => RunAsync("""
        select child from practice.unmonitored where practice.partition_of(child) = any($3)
        """, connection, partitions, now, ct);

    private static Task RunAsync(string children, NpgsqlConnection connection, IReadOnlyCollection<int> partitions, DateTimeOffset now, CancellationToken ct) =>
        ArmAsync(connection, Anew, children, [partitions.Select(p => (short)p).ToArray()], now, ct);

    /// <summary>Arms a timer, due now, for some children, and wakes whoever holds them.</summary>
    /// <param name="connection">The connection, with its transaction if there is one.</param>
    /// <param name="key">The timer's key.</param>
    /// <param name="children">SQL for a column <c>child</c>, with its values from $3 on.</param>
    /// <param name="values">Those values.</param>
    /// <param name="now">UTC instant.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task ArmAsync(NpgsqlConnection connection, string key, string children, IEnumerable<object> values, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Arm($"select child, $2, $1 from ({children}) as concerned"), connection)
        {
            Parameters = { new() { Value = now.ToUniversalTime() }, new() { Value = key } },

            // Of several hundred thousand children it takes longer than a statement may otherwise, and it would be begun again and again.
            CommandTimeout = 0,
        };
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        if (await command.ExecuteNonQueryAsync(ct) > 0)
        {
            // Others may hold some of these children.
            await using var wake = new NpgsqlCommand("select pg_notify('practice_events', '')", connection);
            await wake.ExecuteNonQueryAsync(ct);
        }
    }

    // A timer that is armed already is due now.
    private static string Arm(string rows) =>
        $"insert into practice.timers (owner, key, due_at) {rows} on conflict on constraint timers_pkey do update set due_at = excluded.due_at";
}
