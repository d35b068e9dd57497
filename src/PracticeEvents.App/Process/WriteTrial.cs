using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Process;

/// <summary>What is decided of a child in a pass.</summary>
/// <param name="Child">The child; stopped where it cannot be decided or written.</param>
/// <param name="Events">What is to be said, in order.</param>
/// <param name="Wakes">The child's timers.</param>
internal sealed record Decided(PassChild Child, IReadOnlyList<PracticeEvent> Events, IReadOnlyList<DueTimer> Wakes);

/// <summary>Finds the children of whom the database refuses to take what a pass has to write, by writing each alone and taking it back. What cannot be written of one child
/// must not keep back what is written of another.</summary>
internal static class WriteTrial
{
    private const string Begin = "savepoint trial";
    private const string TakeBack = "rollback to savepoint trial; release savepoint trial";

    /// <summary>True for an error that the same rows will meet again: of their number, their values, a constraint or a limit.</summary>
    public static bool IsRefusal(PostgresException e) => e.SqlState[..2] is "21" or "22" or "23" or "54";

    /// <summary>Why the rows, timers and alerts of some children cannot be written, by child; those that can be are left out.</summary>
    /// <param name="connection">The pass's connection, in its transaction, of which nothing is changed.</param>
    /// <param name="decided">The children.</param>
    /// <param name="views">The views.</param>
    /// <param name="known">The alerts as they stand.</param>
    /// <param name="now">UTC instant.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<IReadOnlyDictionary<string, Exception>> RefusedAsync(
        NpgsqlConnection connection, IEnumerable<Decided> decided, IReadOnlyList<IView> views, IReadOnlyDictionary<string, StoredAlert> known, DateTimeOffset now,
        CancellationToken ct)
    {
        var refused = new Dictionary<string, Exception>(StringComparer.Ordinal);
        foreach (var one in decided)
        {
            await RunAsync(connection, Begin, ct);
            try
            {
                IReadOnlyList<PassChild> rows = one.Child.IsNew || one.Child.Stopped is not null ? [one.Child] : [];
                var append = one.Events.Count == 0 ? null : OwnEvents.Append(one.Events, known, now);
                var (_, appended) = await LiveRows.WriteAsync(connection, rows, views, [Timers.Upsert([one.Child.Child], one.Wakes)], append, ct);
                await Batches.WriteAsync(connection, OwnEvents.Told(appended ?? [], new Dictionary<string, StoredAlert>(known, StringComparer.Ordinal), now), ct);
            }
            catch (PostgresException e) when (IsRefusal(e))
            {
                refused[one.Child.Child] = new InvalidOperationException($"What follows from the record cannot be stored: {e.MessageText}.", e);
            }

            await RunAsync(connection, TakeBack, ct);
        }

        return refused;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
