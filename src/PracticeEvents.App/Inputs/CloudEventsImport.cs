using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using PracticeEvents.Domain;
using PracticeEvents.Store;

namespace PracticeEvents.App.Inputs;

/// <summary>Imports CloudEvents in structured form: a JSON array of them, or one on each line.</summary>
internal static class CloudEventsImport
{
    private const int EventsAtOnce = 4000;
    private const string Name = "events";

    /// <summary>Imports the file. While one chunk is stored, the next is read.</summary>
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
                    chunk = new List<(string Path, byte[] Raw)>(EventsAtOnce);
                }
            }

            storing = await NextAsync(chunk, storing, load);
        }
        finally
        {
            await storing;
        }
    }

    private static async Task<Task> NextAsync(List<(string Path, byte[] Raw)> chunk, Task before, ImportLoad load)
    {
        var now = load.Now;
        var read = new CloudEventRead[chunk.Count];
        Parallel.For(0, read.Length, new ParallelOptions { CancellationToken = load.Stop }, i => read[i] = Read(chunk[i].Raw, London.DateOf(now), load.Name));
        await before;
        return Task.Run(() => StoreAsync(chunk, read, now, load));
    }

    private static CloudEventRead Read(byte[] raw, DateOnly today, string load)
    {
        var read = CloudEvents.One(raw, today);
        return read with { Event = read.Event is { } told ? told with { Load = load } : null };
    }

    private static async Task StoreAsync(List<(string Path, byte[] Raw)> chunk, IReadOnlyList<CloudEventRead> read, DateTimeOffset now, ImportLoad load)
    {
        var events = await CorrectionCheck.ApplyAsync(read, load.Store, London.DateOf(now), load.Stop);
        var receipts = await load.StoreAsync([.. events.Select(e => EventsEndpoint.ToDelivery(e, ImportFile.Sender, now))], chunk.Count);
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

    private static async IAsyncEnumerable<(string Path, byte[] Raw)> EventsAsync(Stream file, ImportLoad load, [EnumeratorCancellation] CancellationToken ct = default)
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
            yield return (string.Create(CultureInfo.InvariantCulture, $"/{place}"), Encoding.UTF8.GetBytes(items.Current.GetRawText()));
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
}
