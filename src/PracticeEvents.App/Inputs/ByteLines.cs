using System.Runtime.CompilerServices;
using System.Text;

namespace PracticeEvents.App.Inputs;

/// <summary>The lines of a file as bytes, so that bytes that are no text are seen and not replaced.</summary>
internal sealed class ByteLines(Stream stream)
{
    /// <summary>The first byte that is neither a byte order mark nor white space; 0 when there is none.</summary>
    public async Task<byte> FirstByteAsync(CancellationToken ct)
    {
        var head = new byte[4096];
        var read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        return head.Take(read).SkipWhile(b => Encoding.UTF8.Preamble.Contains(b) || b <= ' ').FirstOrDefault();
    }

    /// <summary>The lines that are not blank, with their numbers from 1.</summary>
    public async IAsyncEnumerable<(int Number, byte[] Line)> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using var line = new MemoryStream();
        var buffer = new byte[64 * 1024];
        var number = 1;
        for (int read; (read = await stream.ReadAsync(buffer, ct)) > 0;)
        {
            var from = 0;
            for (var at = 0; at < read; at++)
            {
                if (buffer[at] != (byte)'\n')
                {
                    continue;
                }

                line.Write(buffer, from, at - from);
                from = at + 1;
                if (!IsBlank(line))
                {
                    yield return (number, line.ToArray());
                }

                line.SetLength(0);
                number++;
            }

            line.Write(buffer, from, read - from);
        }

        if (!IsBlank(line))
        {
            yield return (number, line.ToArray());
        }
    }

    private static bool IsBlank(MemoryStream line) => line.GetBuffer().AsSpan(0, (int)line.Length).Trim(" \t\r"u8).IsEmpty;
}
