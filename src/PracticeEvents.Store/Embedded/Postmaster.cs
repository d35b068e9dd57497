using System.Diagnostics;
using System.Globalization;

namespace PracticeEvents.Store;

/// <summary>The server's own process file, and whether what it says is still true.</summary>
/// <param name="Pid">The postmaster's process.</param>
/// <param name="Port">The port it listens on; nothing while it has not written it yet.</param>
internal sealed record Postmaster(int Pid, int? Port)
{
    private static string FileOf(string data) => Path.Combine(data, "postmaster.pid");

    /// <summary>The server that runs on these data, if one does.</summary>
    public static Postmaster? Running(string data) => Read(data) is { } said && IsServerOf(said.Pid, data) ? said : null;

    /// <summary>
    /// A process file may name a process that is gone (PostgreSQL sees that itself) or a number that another program has by now, which
    /// PostgreSQL takes for a running server. Such a file is removed, and its process is told.
    /// </summary>
    public static int? RemoveIfAnothers(string data)
    {
        if (Read(data) is not { } said || IsServerOf(said.Pid, data) || !Directory.Exists($"/proc/{said.Pid}"))
        {
            return null;
        }

        File.Delete(FileOf(data));
        return said.Pid;
    }

    /// <summary>Waits for server processes that outlive a killed postmaster: they end by themselves within moments.</summary>
    public static async Task<bool> OrphansGoneAsync(string data, TimeSpan within, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(within);
        while (Process.GetProcesses().Any(process => IsServerOf(process.Id, data)))
        {
            if (late.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), ct);
        }

        return true;
    }

    private static Postmaster? Read(string data)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(FileOf(data));
        }
        catch (IOException)
        {
            return null;
        }

        return lines.Length > 0 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid) && pid > 0
            ? new Postmaster(pid, lines.Length > 3 && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port) ? port : null)
            : null;
    }

    // Every process of a server works in its data folder, and no other program does.
    private static bool IsServerOf(int pid, string data)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{pid}/cwd", returnFinalTarget: false)?.FullName == data
                && File.ReadAllText($"/proc/{pid}/comm").StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
