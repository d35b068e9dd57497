using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace PracticeEvents.Store;

/// <summary>Rows out of a query in the binary format of <c>copy</c>, one at a time; see <see cref="CopyWriter"/> for why not with the driver's own reader.</summary>
/// <remarks>The values of a row are read by column, each with the method of its column's type, until the next row is asked for.</remarks>
internal sealed class CopyReader : IAsyncDisposable
{
    private const int HeaderLength = 19;
    private const int End = int.MinValue;
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly NpgsqlRawCopyStream stream;
    private readonly (int Start, int Length)[] values;
    private byte[] buffer = new byte[64 * 1024];
    private int from;
    private int until;

    private CopyReader(NpgsqlRawCopyStream stream, int columns) => (this.stream, values) = (stream, new (int, int)[columns]);

    /// <summary>Begins to read on a connection, which can do nothing else until this is disposed of.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="query">A query without parameters, because a copy takes none.</param>
    /// <param name="columns">How many columns it has.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<CopyReader> BeginAsync(NpgsqlConnection connection, string query, int columns, CancellationToken ct)
    {
        var reader = new CopyReader(await connection.BeginRawBinaryCopyAsync($"copy ({query}) to stdout (format binary)", ct), columns);
        reader.stream.ReadTimeout = Timeout.Infinite;
        while (reader.until < HeaderLength)
        {
            await reader.FillAsync(ct);
        }

        // PostgreSQL puts nothing into the header that would have to be understood.
        reader.from = HeaderLength;
        return reader;
    }

    /// <summary>Goes on to the next row.</summary>
    /// <returns>False when there is none.</returns>
    public async ValueTask<bool> NextAsync(CancellationToken ct)
    {
        while (!IsRowThere())
        {
            await FillAsync(ct);
        }

        return values[0].Length != End;
    }

    /// <summary>True where the row has no value.</summary>
    public bool IsNull(int column) => values[column].Length < 0;

    /// <summary>A value of <c>bigint</c>.</summary>
    public long Bigint(int column) => BinaryPrimitives.ReadInt64BigEndian(Bytes(column));

    /// <summary>A value of <c>uuid</c>.</summary>
    public Guid Id(int column) => new(Bytes(column), bigEndian: true);

    /// <summary>A value of <c>timestamptz</c>.</summary>
    public DateTimeOffset Instant(int column) => Epoch.AddTicks(Bigint(column) * TimeSpan.TicksPerMicrosecond);

    /// <summary>A value of <c>text</c> or <c>varchar</c>; nothing where there is none.</summary>
    /// <param name="column">The column.</param>
    /// <param name="last">What the column said in the row before: the same text is not made again.</param>
    public string? Text(int column, string? last = null)
    {
        if (IsNull(column))
        {
            return null;
        }

        var bytes = Bytes(column);
        return last is not null && Ascii.Equals(bytes, last) ? last : Encoding.UTF8.GetString(bytes) is var text && text == last ? last : text;
    }

    /// <summary>A value of <c>jsonb</c>, as its text; nothing where there is none.</summary>
    public string? Json(int column) => IsNull(column) ? null : Encoding.UTF8.GetString(Bytes(column)[1..]);

    /// <summary>Leaves what was not read.</summary>
    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private ReadOnlySpan<byte> Bytes(int column) => buffer.AsSpan(values[column].Start, values[column].Length);

    // Finds the values of the next row, if all of it has arrived.
    private bool IsRowThere()
    {
        var at = from;
        if (until - at < sizeof(short))
        {
            return false;
        }

        if (BinaryPrimitives.ReadInt16BigEndian(buffer.AsSpan(at)) < 0)
        {
            values[0] = (0, End);
            return true;
        }

        at += sizeof(short);
        for (var column = 0; column < values.Length; column++)
        {
            if (until - at < sizeof(int))
            {
                return false;
            }

            var length = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(at));
            at += sizeof(int);
            if (until - at < length)
            {
                return false;
            }

            values[column] = (at, length);
            at += Math.Max(0, length);
        }

        from = at;
        return true;
    }

    private async ValueTask FillAsync(CancellationToken ct)
    {
        if (from > 0)
        {
            buffer.AsSpan(from, until - from).CopyTo(buffer);
            (from, until) = (0, until - from);
        }

        if (until == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var read = await stream.ReadAsync(buffer.AsMemory(until), ct);
        until += read > 0 ? read : throw new EndOfStreamException("The copy ended in the middle of a row.");
    }
}
