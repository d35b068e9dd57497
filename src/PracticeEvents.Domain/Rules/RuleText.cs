using System.Globalization;
using System.Text.Json;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Rules;

/// <summary>A JSON object of a rule file while it is read: gives typed members, remembers everything wrong, with the place.</summary>
internal sealed class RuleText(JsonElement element, string path, List<string> problems)
{
    /// <summary>How the files are read: a member that is there twice would hide one of the two.</summary>
    public static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>What is wrong with a file that is not JSON, or has a member twice.</summary>
    public static string Unreadable(JsonException e) => e.LineNumber is { } line
        ? string.Create(CultureInfo.InvariantCulture, $"The file is not JSON: line {line + 1}, place {e.BytePositionInLine + 1}.")
        : $"The file cannot be read: {e.Message}";

    private readonly HashSet<string> read = ["$schema"];

    public string Path { get; } = path;

    public string Raw => element.GetRawText();

    public bool Has(string name) => element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var v) && v.ValueKind is not JsonValueKind.Null;

    public void Wrong(string name, string why) => problems.Add($"{Path}{(Path.Length == 0 ? "" : ".")}{name}: {why}");

    public string Text(string name)
    {
        if (OptionalText(name) is { } text)
        {
            return text;
        }

        Wrong(name, "is missing.");
        return "";
    }

    public string? OptionalText(string name)
    {
        if (Member(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        Wrong(name, "must be a text.");
        return null;
    }

    public bool Flag(string name)
    {
        if (Member(name) is not { } value)
        {
            return false;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Wrong(name, "must be true or false.");
        }

        return value.ValueKind is JsonValueKind.True;
    }

    public double Share(string name)
    {
        if (Member(name) is { ValueKind: JsonValueKind.Number } value && value.GetDouble() is > 0 and < 1 and var share)
        {
            return share;
        }

        Wrong(name, "must be a share between 0 and 1.");
        return 0.5;
    }

    public int Number(string name)
    {
        if (Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) && number is > 0 and <= 1000)
        {
            return number;
        }

        Wrong(name, "must be a whole number from 1 to 1000.");
        return 1;
    }

    public DateOnly Date(string name) => OptionalDate(name) ?? Missing(name, DateOnly.MinValue);

    public DateOnly? OptionalDate(string name)
    {
        if (OptionalText(name) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        Wrong(name, $"\"{text}\" is not a real date of the form 2026-03-02.");
        return DateOnly.MinValue;
    }

    public Span Span(string name)
    {
        if (Timescales.Span.TryParse(Text(name), out var span))
        {
            return span;
        }

        Wrong(name, "must be a length such as \"10 working days\", \"6 weeks\", \"3 months\" or \"72 hours\".");
        return default;
    }

    public T Word<T>(string name)
        where T : struct, Enum => ToWord<T>(name, Text(name));

    public IReadOnlyList<T> Words<T>(string name)
        where T : struct, Enum => [.. Texts(name).Select(t => ToWord<T>(name, t))];

    public IReadOnlyList<string> Texts(string name) =>
        [.. Items(name).Select(i => i.ValueKind is JsonValueKind.String ? i.GetString()! : Missing(name, ""))];

    public IReadOnlyList<T> List<T>(string name, Func<RuleText, T?> read)
        where T : class =>
        [.. Items(name).Select((item, n) => Of(item, $"{name}[{n}]", read)).OfType<T>()];

    public T? Object<T>(string name, Func<RuleText, T?> read)
        where T : class => Member(name) is { } value ? Of(value, name, read) : null;

    public JsonElement? Member(string name)
    {
        read.Add(name);
        return Has(name) ? element.GetProperty(name) : null;
    }

    /// <summary>Members not asked for so far, with their values.</summary>
    public IEnumerable<JsonProperty> Others() => element.ValueKind is JsonValueKind.Object ? element.EnumerateObject().Where(p => !read.Contains(p.Name)) : [];

    public void NothingElse()
    {
        foreach (var other in Others())
        {
            Wrong(other.Name, "is not a member that a rule can have here.");
        }
    }

    private List<JsonElement> Items(string name)
    {
        var value = Member(name);
        if (value is { ValueKind: not JsonValueKind.Array })
        {
            Wrong(name, "must be a list.");
        }

        return value is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
    }

    private T? Of<T>(JsonElement value, string name, Func<RuleText, T?> read)
        where T : class
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            Wrong(name, "must be an object.");
            return null;
        }

        var text = new RuleText(value, Path.Length == 0 ? name : $"{Path}.{name}", problems);
        var result = read(text);
        text.NothingElse();
        return result;
    }

    private T ToWord<T>(string name, string word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()) == word)
            {
                return value;
            }
        }

        Wrong(name, $"\"{word}\" is not one of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}.");
        return default;
    }

    private T Missing<T>(string name, T value)
    {
        Wrong(name, "is missing or not a text.");
        return value;
    }
}
