using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PracticeEvents.Domain.Events;

/// <summary>Writes the contract of all events as a page: what a sender may send, and what each stored name means.</summary>
public static class EventDocument
{
    private static readonly string[] Common = ["child", "on", "by", "ref"];

    /// <summary>The page, in Markdown. The same catalogue always gives the same text.</summary>
    /// <param name="docstrings">Summaries by documentation id (<c>T:…</c> and <c>P:…</c>), as the compiler writes them to the XML file.</param>
    public static string Write(IReadOnlyDictionary<string, string> docstrings)
    {
        var page = new StringBuilder();
        page.Append("""
            # Events

            The approved contract of every event: generated from the records in `src/PracticeEvents.Domain/Events`, and compared with them by a test.
            After a change that is meant, run `APPROVE=1 dotnet test tests/PracticeEvents.Domain.Tests` and read the difference. Names are the storage
            format: they are added to, never changed.

            Every event has `on` (a date such as `2026-09-07`, or a date and time with offset; without it the London date of the CloudEvents `time` is
            used), and may have `by` (the worker) and `ref` (the case system's id of what it belongs to). Events about a child have `child`, or the
            CloudEvents `subject`. References and codes are 1 to 64 of `A-Za-z0-9._-`. Members that are not listed are kept as they came. No names,
            addresses or narrative.

            Events marked *this service* are appended by the service itself and refused from outside.


            """);
        foreach (var kind in EventCatalogue.All)
        {
            Write(page, kind, docstrings);
        }

        return page.ToString().ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    private static void Write(StringBuilder page, EventKind kind, IReadOnlyDictionary<string, string> docstrings)
    {
        var meaning = FirstSentence(docstrings.GetValueOrDefault($"T:{kind.Record.FullName}", ""));
        page.Append(CultureInfo.InvariantCulture, $"## {kind.Alias}\n\n{meaning}\n\n`{kind.CloudEventType}` in stream `{kind.Stream}`");
        page.Append(kind.AppendedHere ? ", *this service*\n\n" : "\n\n");

        var members = kind.Members.Where(m => !(kind.AboutChild ? Common : Common[1..]).Contains(m.Name)).ToList();
        if (members.Count == 0)
        {
            return;
        }

        page.Append("| member | holds | required | meaning |\n|---|---|---|---|\n");
        foreach (var m in members)
        {
            var says = FirstSentence(docstrings.GetValueOrDefault($"P:{m.DeclaredBy.FullName}.{m.PropertyName}", ""));
            page.Append(CultureInfo.InvariantCulture, $"| {m.Name} | {Holds(m)} | {(m.Required ? "yes" : "no")} | {says} |\n");
        }

        page.Append('\n');
    }

    private static string Holds(EventMember m) => (m.Item is null ? "" : "list of ") + ((m.Item ?? m.Type) switch
    {
        _ when m.Words.Count > 0 => string.Join(" ", m.Words.Select(w => $"`{w}`")),
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(int) => "whole number",
        var t when t == typeof(DateOnly) => "date",
        var t when t == typeof(Happened) => "date, or date and time",
        var t when t == typeof(JsonElement) => "object",
        _ => m.Identifier ? "identifier" : "code",
    });

    private static string FirstSentence(string text) =>
        text.IndexOf(". ", StringComparison.Ordinal) is >= 0 and var end ? text[..(end + 1)] : text;
}
