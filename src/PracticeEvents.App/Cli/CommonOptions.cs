using System.CommandLine;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Cli;

/// <summary>Options that every verb takes.</summary>
internal static class CommonOptions
{
    /// <summary>Data folder of the private database.</summary>
    public static Option<string> Data() => new("--data")
    {
        Description = "Folder of the private database and its files",
        DefaultValueFactory = _ => ".practice",
        HelpName = "FOLDER",
    };

    /// <summary>Connection string.</summary>
    public static Option<string?> Connection() => new("--connection")
    {
        Description = "PostgreSQL connection string, in place of the private database (also ConnectionStrings__Practice)",
        HelpName = "STRING",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ConnectionStrings__Practice") is { Length: > 0 } given ? given : null,
    };

    /// <summary>JSON on stdout.</summary>
    public static Option<bool> Json() => new("--json") { Description = "One JSON document on stdout" };

    /// <summary>Folder of rules.</summary>
    public static Option<string?> Rules() => new("--rules") { Description = "Folder of rules, in place of those shipped", HelpName = "FOLDER" };

    /// <summary>An instant, or a London date, which means its start.</summary>
    public static Option<DateTimeOffset?> Instant(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "INSTANT",
        CustomParser = result =>
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
            if (Happened.TryParse(text, out var happened))
            {
                return happened.Instant.ToUniversalTime();
            }

            result.AddError($"{name} wants a date or a date-time with an offset, such as 2026-03-02T09:00:00Z, not \"{text}\".");
            return null;
        },
    };
}
