using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace PracticeEvents.Benchmarks.Http;

/// <summary>One kept-alive HTTP/1.1 connection, as light as it can be, so that what is measured is the service and not its client.</summary>
internal sealed class Wire : IDisposable
{
    private readonly Socket socket;
    private byte[] buffer = new byte[16 * 1024];
    private int filled;

    private Wire(Socket socket) => this.socket = socket;

    public static async Task<Wire> ConnectAsync(Uri address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        return new Wire(socket);
    }

    /// <summary>Sends a request and reads its answer to the end.</summary>
    /// <returns>The status.</returns>
    public async Task<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        for (var rest = request; rest.Length > 0;)
        {
            rest = rest[await socket.SendAsync(rest)..];
        }

        filled = 0;
        int end;
        while ((end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            await FillAsync();
        }

        var head = Encoding.ASCII.GetString(buffer, 0, end);
        var body = end + 4;
        var length = head.IndexOf("content-length:", StringComparison.OrdinalIgnoreCase);
        if (length >= 0)
        {
            var number = head[(length + "content-length:".Length)..].Split('\r')[0];
            while (filled - body < int.Parse(number, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture))
            {
                await FillAsync();
            }
        }
        else if (head.Contains("chunked", StringComparison.OrdinalIgnoreCase))
        {
            // Nothing follows an answer on this connection before the next request, so that its end is the last chunk's.
            while (!buffer.AsSpan(body, filled - body).EndsWith("0\r\n\r\n"u8))
            {
                await FillAsync();
            }
        }

        return int.Parse(head.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
    }

    public void Dispose() => socket.Dispose();

    private async Task FillAsync()
    {
        if (filled == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
        filled += read > 0 ? read : throw new BenchException("The service closed the connection.");
    }
}
