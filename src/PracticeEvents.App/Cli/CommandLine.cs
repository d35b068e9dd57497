using System.CommandLine;

namespace PracticeEvents.App.Cli;

/// <summary>The command line: each verb is a file, and a line here.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command line. Exit codes: 0 fine, 1 found something, 2 bad usage, 3 cannot reach the database, 4 refused.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Watches the timescales of children's social care: practice events in, alerts out.") { ServeVerb.Create() };
        var parsed = root.Parse(args);
        return parsed.Errors.Count > 0 && await parsed.InvokeAsync() != 0 ? ExitCode.BadUsage : await parsed.InvokeAsync();
    }
}
