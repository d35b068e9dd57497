using System.Runtime.InteropServices;

namespace PracticeEvents.Store;

/// <summary>
/// Deliveries laid out as the columns that <c>practice.append</c> takes. Numbers in columns count from 1, as in the database. A column of
/// which nothing is given is empty, which reads as nothing.
/// </summary>
internal sealed class AppendBatch
{
    private static readonly string?[] NoText = [];
    private static readonly long?[] NoNumbers = [];

    private readonly IReadOnlyList<AppendItem> _items;

    /// <summary>Lays out the deliveries.</summary>
    /// <param name="items">The deliveries, in order.</param>
    /// <param name="oneByOne">Lets the database decide delivery by delivery even where it need not.</param>
    public AppendBatch(IReadOnlyList<AppendItem> items, bool oneByOne = false)
    {
        _items = items;
        IsPlain = !oneByOne;
        LayOutDeliveries(items);
        LayOutEvents(items);
    }

    /// <summary>Whether nothing in here, by itself, needs a decision.</summary>
    public bool IsPlain { get; private set; }

    /// <summary>How many events.</summary>
    public int Events => Ids.Length;

    public string[] Senders { get; private set; } = null!;

    public string[] Formats { get; private set; } = null!;

    public string?[] Keys { get; private set; } = null!;

    public byte[][] Bodies { get; private set; } = null!;

    public DateTimeOffset[] DeliveriesReceived { get; private set; } = null!;

    public string?[] Refusals { get; private set; } = NoText;

    public long?[] Replays { get; private set; } = NoNumbers;

    public int[] Firsts { get; private set; } = null!;

    public int[] Counts { get; private set; } = null!;

    public bool[] Kept { get; private set; } = null!;

    public string[] StreamNames { get; private set; } = null!;

    public int[] StreamCounts { get; private set; } = null!;

    /// <summary>Per stream, the version that its events need it to stand at before this batch.</summary>
    public long?[] StreamsExpected { get; private set; } = NoNumbers;

    public Guid[] Ids { get; private set; } = null!;

    public int[] Streams { get; private set; } = null!;

    /// <summary>Per event, its place among its stream's in this batch.</summary>
    public int[] Places { get; private set; } = null!;

    public string[] Types { get; private set; } = null!;

    public string?[] DotNetTypes { get; private set; } = NoText;

    public string[] Data { get; private set; } = null!;

    public DateTimeOffset[] EventsReceived { get; private set; } = null!;

    public long?[] Expected { get; private set; } = NoNumbers;

    public string?[] Correlations { get; private set; } = NoText;

    public string?[] Causations { get; private set; } = NoText;

    public string?[] Users { get; private set; } = NoText;

    public string[] Headers { get; private set; } = null!;

    /// <summary>The receipts of a plain call.</summary>
    /// <param name="standing">Per stream, where it stood.</param>
    /// <param name="positions">Per event.</param>
    /// <param name="inboxIds">Per delivery, or nothing when none is kept.</param>
    public Receipt[] PlainReceipts(long[] standing, long[] positions, long[]? inboxIds)
    {
        var receipts = new Receipt[_items.Count];
        for (int i = 0, at = 0; i < receipts.Length; i++)
        {
            var appended = new Appended[Counts[i]];
            for (var j = 0; j < appended.Length; j++, at++)
            {
                appended[j] = new Appended(Fate.Accepted, positions[at], standing[Streams[at] - 1] + Places[at]);
            }

            receipts[i] = new Receipt(inboxIds?[i] ?? 0, Fate.Accepted, appended, null);
        }

        return receipts;
    }

    /// <summary>The receipts of a call that was decided delivery by delivery.</summary>
    public Receipt[] Receipts(short[] fates, long[] inboxIds, string?[] reasons, short[] eventFates, long[] positions, long[] versions)
    {
        var receipts = new Receipt[_items.Count];
        for (int i = 0, at = 0; i < receipts.Length; i++)
        {
            // Events of a delivery that was refused here were not sent.
            var appended = new Appended[_items[i].Delivery.Events.Count];
            Array.Fill(appended, new Appended(Fate.Quarantined, 0, 0));
            for (var j = 0; j < Counts[i]; j++, at++)
            {
                appended[j] = new Appended((Fate)eventFates[at], positions[at], versions[at]);
            }

            receipts[i] = new Receipt(inboxIds[i], (Fate)fates[i], appended, reasons[i]);
        }

        return receipts;
    }

    private void LayOutDeliveries(IReadOnlyList<AppendItem> items)
    {
        var n = items.Count;
        (Senders, Formats, Keys, Bodies, DeliveriesReceived) = (new string[n], new string[n], new string?[n], new byte[n][], new DateTimeOffset[n]);
        (Firsts, Counts, Kept) = (new int[n], new int[n], new bool[n]);
        var first = 1;
        for (var i = 0; i < n; i++)
        {
            var item = items[i];
            var delivery = item.Delivery;
            (Senders[i], Formats[i], Keys[i], Bodies[i]) = (Text(delivery.Sender)!, Text(delivery.Format)!, Text(delivery.Key), BytesOf(delivery.Body));
            (DeliveriesReceived[i], Firsts[i], Counts[i], Kept[i]) = (delivery.ReceivedAt.ToUniversalTime(), first, item.Events.Count, item.Kept);
            first += item.Events.Count;
            Refusals = Put(Refusals, Text(item.Refusal), i, n);
            Replays = Put(Replays, delivery.Replays, i, n);
            IsPlain &= item is { Refusal: null, Events.Count: > 0 } && delivery.Replays is null;
        }
    }

    private void LayOutEvents(IReadOnlyList<AppendItem> items)
    {
        var m = items.Sum(item => item.Events.Count);
        (Ids, Streams, Places, Types, Data, EventsReceived, Headers) =
            (new Guid[m], new int[m], new int[m], new string[m], new string[m], new DateTimeOffset[m], new string[m]);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new List<string>();
        var counts = new int[m];
        var known = new HashSet<Guid>(m);
        var at = 0;
        foreach (var item in items)
        {
            foreach (var (e, id, headers) in item.Events)
            {
                ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, e.Stream, out var seen);
                if (!seen)
                {
                    names.Add(e.Stream);
                    number = names.Count;
                }

                (Ids[at], Streams[at], Places[at], Types[at], Data[at]) = (id, number, ++counts[number - 1], e.Type, e.Data);
                (EventsReceived[at], Headers[at]) = (e.ReceivedAt.ToUniversalTime(), headers);
                IsPlain &= known.Add(id);
                DotNetTypes = Put(DotNetTypes, e.DotNetType, at, m);
                Expected = Put(Expected, e.ExpectedVersion, at, m);
                Correlations = Put(Correlations, e.CorrelationId, at, m);
                Causations = Put(Causations, e.CausationId, at, m);
                Users = Put(Users, e.UserName, at, m);
                at++;
            }
        }

        StreamNames = [.. names];
        StreamCounts = counts[..names.Count];
        ExpectOfStreams();
    }

    // What the first event that expects anything needs its stream to have stood at; another that needs something else is a conflict for sure.
    private void ExpectOfStreams()
    {
        for (var i = 0; i < Expected.Length; i++)
        {
            if (Expected[i] is not { } expected)
            {
                continue;
            }

            var stream = Streams[i] - 1;
            var before = expected - Places[i] + 1;
            IsPlain &= StreamsExpected.Length == 0 || StreamsExpected[stream] is null || StreamsExpected[stream] == before;
            StreamsExpected = Put(StreamsExpected, before, stream, StreamNames.Length);
        }
    }

    private static T?[] Put<T>(T?[] column, T? value, int at, int length)
    {
        if (value is null)
        {
            return column;
        }

        if (column.Length == 0)
        {
            column = new T?[length];
        }

        column[at] = value;
        return column;
    }

    private static byte[] BytesOf(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var whole) && whole.Offset == 0 && whole.Count == whole.Array!.Length ? whole.Array : body.ToArray();

    // A sender's own words may hold what PostgreSQL text cannot.
    private static string? Text(string? text) => text is null || !text.Contains('\0') ? text : text.Replace('\0', '\uFFFD');
}
