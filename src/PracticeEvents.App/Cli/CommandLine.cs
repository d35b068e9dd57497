using System.CommandLine;
using System.CommandLine.Invocation;
using PracticeEvents.App.Hosting;

namespace PracticeEvents.App.Cli;

/// <summary>The command line: each verb is a file, and a line here.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command line. Exit codes: 0 fine, 1 found something, 2 bad usage, 3 cannot reach the database, 4 refused.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        English.Speak();
        var parsed = Root().Parse(args);
        if (parsed is { Errors.Count: > 0, Action: ParseErrorAction })
        {
            // What is there says more than what is missing.
            var unknown = parsed.Errors.Where(e => parsed.UnmatchedTokens.Any(t => e.Message.Contains(t, StringComparison.Ordinal))).ToList();
            foreach (var error in unknown.Count > 0 ? unknown : parsed.Errors)
            {
                Console.Error.WriteLine(error.Message);
            }

            return Failures.Say($"To see what there is, run: {Path(parsed.CommandResult.Command)} --help", ExitCode.BadUsage);
        }


        // Asked to end, the service first lets requests finish and stops its private database: to be cut off in the middle would leave that running.
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
    }

    private static RootCommand Root() => new(
        "Watches the timescales of children's social care: practice events in, alerts out. Example: practice serve --demo")
    {
        ServeVerb.Create(),
        ImportVerb.Create(),
        RebuildVerb.Create(),
        ProveVerb.Create(),
        RulesVerb.Create(),
        WhatIfVerb.Create(),
        MovedVerb.Create(),
        DueVerb.Create(),
        MeasuresVerb.Create(),
        ForecastVerb.Create(),
        TimelineVerb.Create(),
        WhyVerb.Create(),
        MigrateVerb.Create(),
        CheckVerb.Create(),
        GenerateVerb.Create(),
        TokenVerb.Create(),
        SourceVerb.Create(),
    };

    private static string Path(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent
        ? $"{Path(parent)} {command.Name}" : "practice";
}
