using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace PracticeEvents.Store;

/// <summary>
/// Rows into a table in the binary format of <c>copy</c> (PostgreSQL manual, COPY, "Binary Format"). The driver has a writer of its own, which finds out
/// for each value anew how it is written: that was a fifth of the time of a rebuild.
/// </summary>
/// <remarks>The values of a row are written in the order of the columns, each with the method of its column's type. A row or a copy that is not ended is not stored.</remarks>
public sealed class CopyWriter : IAsyncDisposable
{
    private const int FlushAt = 64 * 1024;
    private const int TextOid = 25;
    private const int BigintOid = 20;
    private const long MicrosecondsOfEpoch = 63_082_281_600_000_000; // 2000-01-01, from which PostgreSQL counts, since year 1
    private const int DaysOfEpoch = 730_119;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly byte[] Signature = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8];

    private readonly NpgsqlRawCopyStream stream;
    private byte[] buffer = new byte[FlushAt * 2];
    private int used;
    private bool ended;

    private CopyWriter(NpgsqlRawCopyStream stream) => this.stream = stream;

    /// <summary>Begins a copy on a connection, which can do nothing else until it has ended.</summary>
    /// <param name="connection">The connection, in a transaction or not.</param>
    /// <param name="into">The table, with its columns in brackets.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<CopyWriter> BeginAsync(NpgsqlConnection connection, string into, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var writer = new CopyWriter(await connection.BeginRawBinaryCopyAsync($"copy {into} from stdin (format binary)", ct));
        Signature.CopyTo(writer.Room(Signature.Length));
        writer.Long(0); // no flags, and nothing more in the header
        return writer;
    }

    /// <summary>Begins a row.</summary>
    /// <param name="columns">How many values it has.</param>
    public void Row(int columns) => BinaryPrimitives.WriteInt16BigEndian(Room(2), checked((short)columns));

    /// <summary>No value, in a column of any type.</summary>
    public void Null() => Length(-1);

    /// <summary>A value of <c>text</c> or <c>varchar</c>.</summary>
    /// <exception cref="EncoderFallbackException">Half of a surrogate pair.</exception>
    public void Text(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        var length = Utf8.GetByteCount(value);
        Length(length);
        Utf8.GetBytes(value, Room(length));
    }

    /// <summary>A value of <c>jsonb</c>.</summary>
    public void Json(string json)
    {
        var length = Utf8.GetByteCount(json);
        Length(length + 1);
        Room(1)[0] = 1;
        Utf8.GetBytes(json, Room(length));
    }

    /// <summary>A value of <c>date</c>. The first and the last there are mean minus and plus infinity, as with the driver.</summary>
    public void Date(DateOnly value)
    {
        Length(4);
        Int(value == DateOnly.MinValue ? int.MinValue : value == DateOnly.MaxValue ? int.MaxValue : value.DayNumber - DaysOfEpoch);
    }

    /// <summary>A value of <c>timestamptz</c>, to the microsecond. The first and the last there are mean minus and plus infinity, as with the driver.</summary>
    public void Instant(DateTimeOffset value)
    {
        Length(8);
        Long(value == DateTimeOffset.MinValue ? long.MinValue
            : value == DateTimeOffset.MaxValue ? long.MaxValue
            : (value.UtcTicks / TimeSpan.TicksPerMicrosecond) - MicrosecondsOfEpoch);
    }

    /// <summary>A value of <c>uuid</c>.</summary>
    public void Id(Guid value)
    {
        Length(16);
        value.TryWriteBytes(Room(16), bigEndian: true, out _);
    }

    /// <summary>A value of <c>integer</c>.</summary>
    public void Integer(int value)
    {
        Length(4);
        Int(value);
    }

    /// <summary>A value of <c>bigint</c>.</summary>
    public void Bigint(long value)
    {
        Length(8);
        Long(value);
    }

    /// <summary>A value of <c>boolean</c>.</summary>
    public void Boolean(bool value)
    {
        Length(1);
        Room(1)[0] = value ? (byte)1 : (byte)0;
    }

    /// <summary>A value of <c>bytea</c>.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Length(value.Length);
        value.CopyTo(Room(value.Length));
    }

    /// <summary>A value of <c>text[]</c>.</summary>
    public void Texts(IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var length = Array(TextOid, values.Count);
        foreach (var value in values)
        {
            Text(value);
        }

        EndArray(length);
    }

    /// <summary>A value of <c>bigint[]</c>.</summary>
    public void Bigints(ReadOnlySpan<long> values)
    {
        var length = Array(BigintOid, values.Length);
        foreach (var value in values)
        {
            Bigint(value);
        }

        EndArray(length);
    }

    /// <summary>Sends what has gathered, when it is enough. Called after each row.</summary>
    /// <param name="ct">Stops it.</param>
    public ValueTask EndRowAsync(CancellationToken ct) => used >= FlushAt ? FlushAsync(ct) : ValueTask.CompletedTask;

    /// <summary>Ends the copy: its rows are stored, or will be with the transaction.</summary>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="PostgresException">The server refuses a row.</exception>
    public async Task CompleteAsync(CancellationToken ct)
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(2), -1);
        await FlushAsync(ct);
        ended = true;
        await stream.DisposeAsync();
    }

    /// <summary>Gives the copy up unless it was ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!ended)
        {
            ended = true;
            try
            {
                await stream.CancelAsync();
                await stream.DisposeAsync();
            }
            catch (Exception e) when (e is NpgsqlException or ObjectDisposedException or InvalidOperationException)
            {
                // The connection is broken, or the server has ended the copy already: why is on its way to the caller.
            }
        }
    }

    private async ValueTask FlushAsync(CancellationToken ct)
    {
        await stream.WriteAsync(buffer.AsMemory(0, used), ct);
        used = 0;
    }

    // An array has its length before it, in bytes, and that is known after it.
    private int Array(int elements, int count)
    {
        Length(0);
        var start = used;
        Int(count == 0 ? 0 : 1);
        Int(0);
        Int(elements);
        if (count > 0)
        {
            Int(count);
            Int(1);
        }

        return start;
    }

    private void EndArray(int start) => BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(start - 4), used - start);

    private void Length(int bytes) => Int(bytes);

    private void Int(int value) => BinaryPrimitives.WriteInt32BigEndian(Room(4), value);

    private void Long(long value) => BinaryPrimitives.WriteInt64BigEndian(Room(8), value);

    private Span<byte> Room(int bytes)
    {
        if (buffer.Length - used < bytes)
        {
            System.Array.Resize(ref buffer, Math.Max(buffer.Length * 2, used + bytes));
        }

        used += bytes;
        return buffer.AsSpan(used - bytes, bytes);
    }
}
