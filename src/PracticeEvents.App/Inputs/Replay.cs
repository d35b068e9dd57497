using System.Xml;
using System.Xml.Linq;
using PracticeEvents.Domain;
using PracticeEvents.Store;

namespace PracticeEvents.App.Inputs;

/// <summary>Reads a quarantined row of the inbox again, as it stands or as a person has repaired it.</summary>
internal static class Replay
{
    /// <summary>The delivery that repairs the row.</summary>
    public static async Task<Delivery> ReadAsync(InboxEntry row, ReadOnlyMemory<byte> body, EventStore store, DateTimeOffset now, CancellationToken ct)
    {
        var delivery = row.Format switch
        {
            EventsEndpoint.Format => await CloudEventAsync(row, body, store, now, ct),
            DfeCscIntake.Format => await DfeChildAsync(row, body, store, now, ct),
            CinIntake.Format => await CinChildAsync(row, body, store, now, ct),
            _ => new Delivery(row.Sender, row.Format, row.Key, body, now) { Refusal = $"There is no way to read {row.Format} again." },
        };
        return delivery with { Replays = row.Id };
    }

    private static async Task<Delivery> CloudEventAsync(InboxEntry row, ReadOnlyMemory<byte> body, EventStore store, DateTimeOffset now, CancellationToken ct)
    {
        if (JsonBytes.Read(body, out var why) is not { } value)
        {
            return new Delivery(row.Sender, row.Format, row.Key, body, now) { Refusal = why };
        }

        var today = London.DateOf(now);
        var events = await CorrectionCheck.ApplyAsync([CloudEventObject.Read(value, body, today)], store, today, ct);
        return EventsEndpoint.ToDelivery(events[0], row.Sender, now);
    }

    private static async Task<Delivery> DfeChildAsync(InboxEntry row, ReadOnlyMemory<byte> body, EventStore store, DateTimeOffset now, CancellationToken ct)
    {
        var refused = new Delivery(row.Sender, row.Format, row.Key, body, now);
        if (JsonBytes.Read(body, out var why) is not { } child)
        {
            return refused with { Body = ReadOnlyMemory<byte>.Empty, Refusal = why };
        }

        refused = refused with { Body = DfePersonal.LeaveOut(child) };
        if (row.Key?.Split('/')[0] is not { Length: 3 } laCode)
        {
            return refused with { Refusal = "It is not known which council sent it, so its children cannot be told. Send it again." };
        }

        if (DfeCscSchema.Check(child) is { Count: > 0 } faults)
        {
            return refused with { Refusal = DfeCscIntake.Words(faults) };
        }

        // A child that still has problems is not taken in part here: what could be taken was taken when it came.
        var (deliveries, _) = await DfeCscIntake.ReadAsync(row.Sender, laCode, [child], store, now, ct);
        return deliveries.FirstOrDefault(d => d.Refusal is not null) ?? deliveries[0];
    }

    private static async Task<Delivery> CinChildAsync(InboxEntry row, ReadOnlyMemory<byte> body, EventStore store, DateTimeOffset now, CancellationToken ct)
    {
        var refused = new Delivery(row.Sender, row.Format, row.Key, body, now);
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(body.ToArray()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var child = new CinElement(await XElement.LoadAsync(xml, LoadOptions.None, ct), "/Child");
            var read = await CinIntake.ReadAsync(row.Key?.Split('/')[0] ?? "000", [child], store, now, ct);
            return read[0].Refusals.Count > 0
                ? refused with { Refusal = CinIntake.Words(read[0].Refusals) }
                : refused with { Events = [.. read[0].Events.Select(e => e.ToNewEvent(now, row.Sender))] };
        }
        catch (XmlException)
        {
            return refused with { Refusal = "It is not readable XML." };
        }
        catch (InvalidOperationException)
        {
            return refused with { Refusal = "It is not readable XML." };
        }
    }
}
