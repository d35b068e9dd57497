using Npgsql;
using PracticeEvents.App.Process;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>Writes into an alert's own story whether it reached the person by the way that they asked for. What goes to systems has its own log.</summary>
internal sealed class DeliveryNotes(NpgsqlDataSource source)
{
    /// <summary>It was sent.</summary>
    public Task SentAsync(Subscription s, string alert, DateTimeOffset now, CancellationToken ct) =>
        NoteAsync(s, alert, new AlertDelivered { Alert = alert, On = Happened.AtInstant(now), Channel = s.Channel }, now, ct);

    /// <summary>It could not be sent.</summary>
    public Task FailedAsync(Subscription s, string alert, string code, DateTimeOffset now, CancellationToken ct) =>
        NoteAsync(s, alert, new AlertDeliveryFailed { Alert = alert, On = Happened.AtInstant(now), Channel = s.Channel, ReasonCode = code }, now, ct);

    private async Task NoteAsync(Subscription s, string alert, AlertEvent e, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var known = (await AlertTable.LockAsync(connection, [alert], ct)).ToDictionary(a => a.State.Id);

        // Only what was sent to whoever the alert is for says that they were told.
        if (s.Channel == "webhook" || !known.TryGetValue(alert, out var stored) || stored.State.To != s.Worker
            || await OwnEvents.Append([e], known, now).AskAsync(connection, ct) is not [var appended])
        {
            return;
        }

        await Batches.CommitAsync(connection, AlertTable.Apply([(e, now, appended.Position)], known), ct);
    }
}
