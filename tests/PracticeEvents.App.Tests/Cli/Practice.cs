using System.Diagnostics;
using System.Text.Json;

namespace PracticeEvents.App.Tests.Cli;

/// <summary>What a run of the program came to.</summary>
internal sealed record Ran(int Code, string Out, string Err)
{
    /// <summary>The JSON document on stdout.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>Its member names.</summary>
    public IEnumerable<string> Names => Json.EnumerateObject().Select(p => p.Name);

    public override string ToString() => $"{Code}: {Out}{Err}";
}

/// <summary>Runs the built program as a process of its own, as a person at a prompt does.</summary>
internal static class Practice
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    public static async Task<Ran> RunAsync(params string[] args)
    {
        using var process = Start(args);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var stop = new CancellationTokenSource(Longest);
        try
        {
            await process.WaitForExitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"practice {string.Join(' ', args)} did not end.");
        }

        return new Ran(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts it and lets it run.</summary>
    public static System.Diagnostics.Process Start(params string[] args)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "practice.dll"));
        args.ToList().ForEach(start.ArgumentList.Add);
        start.Environment.Remove("ConnectionStrings__Practice");

        // What serves and rebuilds is compiled well at once; a verb of a second or two would spend half of its time on that, and there are hundreds here.
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "64";
        return System.Diagnostics.Process.Start(start)!;
    }
}
