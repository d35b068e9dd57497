using Npgsql;
using NpgsqlTypes;

namespace PracticeEvents.Store;

/// <summary>One call of <c>practice.append</c>: deliveries in, receipts out, in one round trip.</summary>
internal static class AppendCommand
{
    /// <summary>A delivery whose events were checked. One that is not kept has no inbox row.</summary>
    internal sealed record Item(Delivery Delivery, bool Kept, string? Refusal, IReadOnlyList<Prepared> Events);

    /// <summary>An event with what is worked out before it is sent.</summary>
    internal sealed record Prepared(NewEvent Event, byte[] Hash, string Headers);

    /// <summary>Checks a delivery and works out what does not need the database.</summary>
    public static Item Prepare(Delivery delivery, bool kept)
    {
        var refusal = delivery.Refusal ?? delivery.Events.Select(EventBody.Refusal).FirstOrDefault(reason => reason is not null);
        return new Item(delivery, kept, refusal, refusal is null
            ? [.. delivery.Events.Select(e => new Prepared(e, EventBody.Hash(e), EventBody.Headers(e)))]
            : []);
    }

    /// <summary>Appends. Without a transaction the statement commits by itself.</summary>
    public static async Task<IReadOnlyList<Receipt>> RunAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyList<Item> items, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select fates, inbox_ids, reasons, event_fates, positions, versions
            from practice.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
            """, connection, transaction);
        AddDeliveries(command.Parameters, items);
        AddEvents(command.Parameters, [.. items.SelectMany(item => item.Events)]);

        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var fates = reader.GetFieldValue<short[]>(0);
        var inboxIds = reader.GetFieldValue<long[]>(1);
        var reasons = reader.GetFieldValue<string?[]>(2);
        var eventFates = reader.GetFieldValue<short[]>(3);
        var positions = reader.GetFieldValue<long[]>(4);
        var versions = reader.GetFieldValue<long[]>(5);

        var receipts = new Receipt[items.Count];
        var at = 0;
        for (var i = 0; i < items.Count; i++)
        {
            var appended = items[i].Events.Count == 0
                ? [.. items[i].Delivery.Events.Select(_ => new Appended(Fate.Quarantined, 0, 0))]
                : new Appended[items[i].Events.Count];
            for (var j = 0; j < items[i].Events.Count; j++, at++)
            {
                appended[j] = new Appended((Fate)eventFates[at], positions[at], versions[at]);
            }

            receipts[i] = new Receipt(inboxIds[i], (Fate)fates[i], appended, reasons[i]);
        }

        return receipts;
    }

    private static void AddDeliveries(NpgsqlParameterCollection parameters, IReadOnlyList<Item> items)
    {
        Add(parameters, items, item => Text(item.Delivery.Sender), NpgsqlDbType.Text);
        Add(parameters, items, item => Text(item.Delivery.Format), NpgsqlDbType.Text);
        Add(parameters, items, item => Text(item.Delivery.Key), NpgsqlDbType.Text);
        Add(parameters, items, item => item.Delivery.Body.ToArray(), NpgsqlDbType.Bytea);
        Add(parameters, items, item => item.Delivery.ReceivedAt.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        Add(parameters, items, item => Text(item.Refusal), NpgsqlDbType.Text);
        Add(parameters, items, item => item.Delivery.Replays, NpgsqlDbType.Bigint);
        Add(parameters, items, item => item.Events.Count, NpgsqlDbType.Integer);
        Add(parameters, items, item => item.Kept, NpgsqlDbType.Boolean);
    }

    private static void AddEvents(NpgsqlParameterCollection parameters, IReadOnlyList<Prepared> events)
    {
        Add(parameters, events, e => e.Event.Id, NpgsqlDbType.Uuid);
        Add(parameters, events, e => e.Event.Stream, NpgsqlDbType.Text);
        Add(parameters, events, e => e.Event.Type, NpgsqlDbType.Text);
        Add(parameters, events, e => e.Event.DotNetType, NpgsqlDbType.Text);
        Add(parameters, events, e => e.Event.Data, NpgsqlDbType.Jsonb);
        Add(parameters, events, e => e.Event.Source, NpgsqlDbType.Text);
        Add(parameters, events, e => e.Event.EventId, NpgsqlDbType.Text);
        Add(parameters, events, e => e.Hash, NpgsqlDbType.Bytea);
        Add(parameters, events, e => e.Event.ReceivedAt.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        Add(parameters, events, e => e.Event.ExpectedVersion, NpgsqlDbType.Bigint);
        Add(parameters, events, e => e.Event.CorrelationId, NpgsqlDbType.Text);
        Add(parameters, events, e => e.Event.CausationId, NpgsqlDbType.Text);
        Add(parameters, events, e => e.Event.UserName, NpgsqlDbType.Text);
        Add(parameters, events, e => e.Headers, NpgsqlDbType.Jsonb);
    }

    private static void Add<TItem, TValue>(NpgsqlParameterCollection parameters, IReadOnlyList<TItem> items, Func<TItem, TValue> value, NpgsqlDbType type) =>
        parameters.Add(new NpgsqlParameter { Value = items.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });

    // A sender's own words may hold what PostgreSQL text cannot.
    private static string? Text(string? text) => text?.Replace('\0', '\uFFFD');
}
