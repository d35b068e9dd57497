using Npgsql;

namespace PracticeEvents.App.Process;

/// <summary>Has every child looked at again: after a change of rules, calendar, teams or views.</summary>
internal static class Everyone
{
    private const string Sql = """
        insert into practice.timers (owner, key, due_at)
        select substring(id from 7), '~everyone', $1 from public.mt_streams where id like 'child-%'
        on conflict on constraint timers_pkey do update set due_at = excluded.due_at
        """;

    private const string Stopped = """
        insert into practice.timers (owner, key, due_at) select child, '~everyone', $1 from practice.unmonitored
        on conflict on constraint timers_pkey do update set due_at = excluded.due_at
        """;

    /// <summary>Arms a timer for every child who is not watched: another release may be able to read what this one could not.</summary>
    public static async Task ScheduleUnmonitoredAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Stopped, connection) { Parameters = { new() { Value = now.ToUniversalTime() } } };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Arms a timer for every child, due now, within the caller's transaction if there is one.</summary>
    public static async Task ScheduleAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { new() { Value = now.ToUniversalTime() } } };
        await command.ExecuteNonQueryAsync(ct);
    }
}
