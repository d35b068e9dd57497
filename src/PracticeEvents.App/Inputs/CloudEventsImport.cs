using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using PracticeEvents.Domain;
using PracticeEvents.Store;

namespace PracticeEvents.App.Inputs;

/// <summary>Imports CloudEvents in structured form: a JSON array of them, or one on each line.</summary>
internal static class CloudEventsImport
{
    private const int EventsAtOnce = 4000;
    private const string Name = "events";

    /// <summary>Imports the file. While one chunk is stored, the next is read and made ready.</summary>
    public static async Task RunAsync(Stream file, ImportLoad load)
    {
        var storing = Task.CompletedTask;
        try
        {
            var chunk = new List<(string Path, byte[] Raw)>(EventsAtOnce);
            await foreach (var e in EventsAsync(file, load))
            {
                chunk.Add(e);
                if (chunk.Count == EventsAtOnce)
                {
                    storing = await NextAsync(chunk, storing, load);
                    chunk.Clear();
                }
            }

            storing = await NextAsync(chunk, storing, load);
        }
        finally
        {
            await storing;
        }
    }

    // Storing goes one chunk after the other, so that whatever can be done before is done here.
    private static async Task<Task> NextAsync(List<(string Path, byte[] Raw)> chunk, Task before, ImportLoad load)
    {
        var now = load.Now;
        var ready = new Ready[chunk.Count];
        Parallel.For(0, ready.Length, new ParallelOptions { CancellationToken = load.Stop }, i => ready[i] = Prepare(chunk[i].Path, chunk[i].Raw, now, load.Name));
        await before;
        return Task.Run(() => StoreAsync(ready, now, load));
    }

    private static Ready Prepare(string path, byte[] raw, DateTimeOffset now, string load)
    {
        var read = CloudEvents.One(raw, London.DateOf(now));
        read = read with { Event = read.Event is { } told ? told with { Load = load } : null };
        return new Ready(path, read, EventsEndpoint.ToDelivery(read, ImportFile.Sender, now));
    }

    private static async Task StoreAsync(Ready[] chunk, DateTimeOffset now, ImportLoad load)
    {
        var events = await CorrectionCheck.ApplyAsync(Array.ConvertAll(chunk, e => e.Read), load.Store, London.DateOf(now), load.Stop);
        var deliveries = chunk.Zip(events, (e, read) => ReferenceEquals(read, e.Read) ? e.Delivery : EventsEndpoint.ToDelivery(read, ImportFile.Sender, now));
        var receipts = await load.StoreAsync([.. deliveries], chunk.Length);
        foreach (var (path, receipt) in chunk.Zip(receipts, (e, receipt) => (e.Path, receipt)))
        {
            switch (receipt.Fate)
            {
                case Fate.Accepted:
                    load.Counts.Taken(Name);
                    break;
                case Fate.Duplicate:
                    load.Counts.Unchanged(Name);
                    break;
                default:
                    load.Counts.Refused(Name);
                    load.Refusals.Add(new Refused(path, receipt.Reason ?? "The stream had moved on."));
                    break;
            }
        }
    }

    private static async IAsyncEnumerable<(string Path, byte[] Raw)> EventsAsync(Stream file, ImportLoad load)
    {
        var lines = new ByteLines(file);
        var first = await lines.FirstByteAsync(load.Stop);
        file.Position = 0;
        if (first != '[')
        {
            await foreach (var (line, raw) in lines.ReadAsync(load.Stop))
            {
                yield return (string.Create(CultureInfo.InvariantCulture, $"line {line}"), raw);
            }

            yield break;
        }

        await using var items = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(file, cancellationToken: load.Stop).GetAsyncEnumerator(load.Stop);
        for (var place = 0; await NextAsync(items, place, load); place++)
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"/{place}"), JsonMarshal.GetRawUtf8Value(items.Current).ToArray());
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<JsonElement> items, int place, ImportLoad load)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (JsonException)
        {
            load.Refusals.Add(new Refused(string.Create(CultureInfo.InvariantCulture, $"/{place}"), "The file is not readable JSON from here on; the events before were read."));
            return false;
        }
    }

    /// <summary>An event of the file, read.</summary>
    /// <param name="Path">Where it stands.</param>
    /// <param name="Read">What it says.</param>
    /// <param name="Delivery">The same as the store takes it.</param>
    private sealed record Ready(string Path, CloudEventRead Read, Delivery Delivery);
}
