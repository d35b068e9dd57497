using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace PracticeEvents.App.Cli;

/// <summary>Where verbs write: data to stdout, messages to stderr. A terminal gets tables and colour; a pipe gets plain text in columns.</summary>
internal static class Out
{
    // For eyes and other programs, never inside a page: a secret reads as it is.
    private static readonly JsonSerializerOptions Indented = new(ApiJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>True when stdout is a terminal on which colour is welcome.</summary>
    public static bool IsTerminal => !Console.IsOutputRedirected && Plain is false;

    /// <summary>True when stderr is a terminal on which moving lines are welcome.</summary>
    public static bool MovesOnStderr => !Console.IsErrorRedirected && Plain is false;

    private static bool Plain => Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } || Environment.GetEnvironmentVariable("TERM") is "dumb";

    /// <summary>One JSON document, with the names that the API uses.</summary>
    public static void Json<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Indented));

    /// <summary>A line of data.</summary>
    public static void Line(string text) => Console.Out.WriteLine(text);

    /// <summary>A message to the person at the prompt.</summary>
    public static void Note(string text) => Console.Error.WriteLine(text);

    /// <summary>A count as people read it.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A table.</summary>
    public static void Table(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (IsTerminal)
        {
            var table = new Table().Border(TableBorder.Simple);
            headings.ToList().ForEach(h => table.AddColumn(new TableColumn(Markup.Escape(h))));
            rows.ToList().ForEach(r => table.AddRow([.. r.Select(Markup.Escape)]));
            AnsiConsole.Write(table);
            return;
        }

        var widths = headings.Select((h, i) => rows.Select(r => r[i].Length).Append(h.Length).Max()).ToList();
        foreach (var row in rows.Prepend(headings))
        {
            Line(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }
    }
}
