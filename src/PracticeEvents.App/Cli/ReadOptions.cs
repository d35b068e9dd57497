using System.CommandLine;
using PracticeEvents.App.Api;

namespace PracticeEvents.App.Cli;

/// <summary>Options of the verbs that read.</summary>
internal static class ReadOptions
{
    /// <summary>As was known then: an instant, or a London date, which means its end.</summary>
    public static Option<AsAt> AsAt() => new("--as-at")
    {
        Description = "As was known then; a date alone means the end of that day",
        HelpName = "INSTANT",
        CustomParser = result =>
        {
            if (!Api.AsAt.TryParse(result.Tokens[0].Value, out var asAt))
            {
                result.AddError($"--as-at wants a date or a date-time with an offset, such as 2026-03-17T09:00:00Z, not \"{result.Tokens[0].Value}\".");
            }

            return asAt;
        },
    };
}
