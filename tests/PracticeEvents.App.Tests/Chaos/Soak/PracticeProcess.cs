using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using OsProcess = System.Diagnostics.Process;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>The built executable as a process of its own, so that it can be ended the hard way.</summary>
internal sealed class PracticeProcess : IDisposable
{
    private readonly OsProcess process;
    private readonly ConcurrentQueue<string> complaints = new();

    private PracticeProcess(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "practice"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment["Logging__LogLevel__Default"] = "Error";

        // What it sends goes to receivers of the test, on this machine.
        start.Environment["Alerts__Channels__AllowPrivateAddresses"] = "true";
        process = OsProcess.Start(start)!;
        process.ErrorDataReceived += (_, line) => complaints.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    public bool HasEnded => process.HasExited;

    /// <summary>What it wrote to stderr.</summary>
    public string Complaints => string.Join('\n', complaints);

    /// <summary>Starts the service on a data folder and waits until it listens; nothing when it ended instead.</summary>
    public static async Task<PracticeProcess?> ServeAsync(string folder, DateTimeOffset now)
    {
        var started = new PracticeProcess(
            ["serve", "--data", folder, "--urls", "http://127.0.0.1:0", "--rehearsal", now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)]);
        while (await started.process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("listening on ", StringComparison.Ordinal))
            {
                started.Url = new Uri(line["listening on ".Length..]);
                return started;
            }
        }

        started.Dispose();
        return null;
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var verb = new PracticeProcess(arguments);
        var output = await verb.process.StandardOutput.ReadToEndAsync();
        await verb.process.WaitForExitAsync();
        return (verb.process.ExitCode, output + verb.Complaints);
    }

    /// <summary>Ends it as <c>kill -9</c> does: it is told nothing.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Makes it stand still; it does not notice.</summary>
    public Task PauseAsync() => SignalAsync("STOP", process.Id);

    /// <summary>Lets it go on.</summary>
    public Task ContinueAsync() => SignalAsync("CONT", process.Id);

    /// <summary>Sends a signal to a process.</summary>
    public static async Task SignalAsync(string signal, int pid)
    {
        using var kill = OsProcess.Start("kill", [$"-{signal}", pid.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill();
        }

        process.Dispose();
    }
}
