using System.Diagnostics;
using System.Globalization;

namespace PracticeEvents.Benchmarks.Machine;

/// <summary>What <c>practice</c> in a process of its own says of itself.</summary>
/// <param name="Allocated">Bytes allocated since it started.</param>
/// <param name="Cpu">Processor seconds.</param>
/// <param name="Peak">Most memory ever resident, KiB.</param>
internal sealed record Said(long Allocated, double Cpu, long Peak);

/// <summary><c>practice</c> with some arguments in a process of its own: this executable again, running the app's own command line. It ends when its input does.</summary>
internal sealed class Practice : IAsyncDisposable
{
    private const string Ask = "?";
    private const string Mark = "footprint ";

    private readonly Process process;
    private readonly Queue<string> errors = new();
    private readonly long began = Stopwatch.GetTimestamp();

    private Practice(Process process) => this.process = process;

    /// <summary>Its process.</summary>
    public int Pid => process.Id;

    /// <summary>Starts it.</summary>
    public static Practice Start(params string[] arguments) => Start([], arguments);

    /// <summary>Starts it with some settings beside its own.</summary>
    public static Practice Start(IEnumerable<(string Name, string Value)> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["practice", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Inputs__RequestsPerMinute"] = "1000000";
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var practice = new Practice(Process.Start(start)!);
        practice.process.ErrorDataReceived += (_, e) => practice.Keep(e.Data);
        practice.process.BeginErrorReadLine();
        return practice;
    }

    /// <summary>Starts the service on a database and waits until it takes requests.</summary>
    /// <returns>The service and its address.</returns>
    public static Task<(Practice Service, Uri Address)> ServeAsync(Fresh database, params string[] more) => ServeAsync(database, [], more);

    /// <summary>Starts it with some settings beside its own.</summary>
    public static async Task<(Practice Service, Uri Address)> ServeAsync(Fresh database, IEnumerable<(string Name, string Value)> settings, params string[] more)
    {
        var practice = Start(settings, ["serve", "--connection", database.ConnectionString, "--urls", "http://127.0.0.1:0", .. more]);
        const string ready = "listening on ";
        var line = await practice.LineAsync(l => l.StartsWith(ready, StringComparison.Ordinal));
        return (practice, new Uri(line[ready.Length..]));
    }

    /// <summary>Runs a verb to its end. Its exit code may be "found something".</summary>
    /// <returns>How long it took, and what it used.</returns>
    public static async Task<(double Seconds, Said Used)> RunAsync(params string[] arguments)
    {
        await using var practice = Start(arguments);
        return await practice.FinishAsync();
    }

    /// <summary>Waits for a verb's end.</summary>
    public async Task<(double Seconds, Said Used)> FinishAsync()
    {
        var said = Parse(await LineAsync(line => line.StartsWith(Mark, StringComparison.Ordinal)));
        await process.WaitForExitAsync();
        return process.ExitCode is 0 or 1 ? (Stopwatch.GetElapsedTime(began).TotalSeconds, said) : throw Ended();
    }

    /// <summary>Asks a service what it has used.</summary>
    public async Task<Said> SayAsync()
    {
        await process.StandardInput.WriteLineAsync(Ask);
        await process.StandardInput.FlushAsync();
        return Parse(await LineAsync(line => line.StartsWith(Mark, StringComparison.Ordinal)));
    }

    /// <summary>The other side: runs the command line, and answers.</summary>
    public static async Task<int> AnswerAsync(string[] arguments)
    {
        new Thread(() =>
        {
            while (Console.In.ReadLine() is not null)
            {
                Console.WriteLine(OfThisProcess());
            }

            Environment.Exit(0);
        })
        { IsBackground = true }.Start();
        var code = await App.Cli.CommandLine.RunAsync(arguments);
        Console.WriteLine(OfThisProcess());
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private static string OfThisProcess() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Mark}{GC.GetTotalAllocatedBytes()} {ProcessFiles.Cpu(Environment.ProcessId)} {ProcessFiles.Memory(Environment.ProcessId, "VmHWM")}");

    private static Said Parse(string line)
    {
        var words = line[Mark.Length..].Split(' ');
        return new Said(
            long.Parse(words[0], CultureInfo.InvariantCulture),
            double.Parse(words[1], CultureInfo.InvariantCulture),
            long.Parse(words[2], CultureInfo.InvariantCulture));
    }

    private async Task<string> LineAsync(Func<string, bool> wanted)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (wanted(line))
            {
                return line;
            }
        }

        await process.WaitForExitAsync();
        throw Ended();
    }

    private void Keep(string? line)
    {
        lock (errors)
        {
            errors.Enqueue(line ?? "");
            while (errors.Count > 10)
            {
                errors.Dequeue();
            }
        }
    }

    private BenchException Ended()
    {
        lock (errors)
        {
            return new BenchException($"practice ended with exit code {process.ExitCode}: {string.Join(' ', errors.Where(e => e.Length > 0))}");
        }
    }
}
