using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PracticeEvents.Domain.Rules;

/// <summary>Finds the line of a file on which something stands that a message names by its path, such as <c>editions[0].due.within</c>.</summary>
public static class JsonPlaces
{
    /// <summary>The line, from 1, of the longest beginning of a path that the text has; 1 when it has none of it.</summary>
    /// <param name="json">The text. It need not be right.</param>
    /// <param name="path">Members and places in lists.</param>
    public static int LineOf(string json, string path)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        try
        {
            Walk(bytes, lines);
        }
        catch (JsonException)
        {
            // What could be read before the fault is enough.
        }

        for (var known = path; known.Length > 0; known = Shorter(known))
        {
            if (lines.TryGetValue(known, out var at))
            {
                return 1 + bytes.AsSpan(0, (int)at).Count((byte)'\n');
            }
        }

        return 1;
    }

    private static void Walk(byte[] bytes, Dictionary<string, long> lines)
    {
        var reader = new Utf8JsonReader(bytes);
        var (path, places) = (new Stack<string>([""]), new Stack<int>());
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName)
            {
                path.Push(path.Peek().Length == 0 ? reader.GetString()! : $"{path.Peek()}.{reader.GetString()}");
                lines.TryAdd(path.Peek(), reader.TokenStartIndex);
                continue;
            }

            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                places.Pop();
                path.Pop();
                continue;
            }

            // In a list every value has a place; in an object the name before it was pushed.
            if (places.Count > 0 && places.Peek() >= 0)
            {
                var place = places.Pop();
                places.Push(place + 1);
                path.Push(string.Create(CultureInfo.InvariantCulture, $"{path.Peek()}[{place}]"));
                lines.TryAdd(path.Peek(), reader.TokenStartIndex);
            }
            else if (places.Count == 0)
            {
                path.Push("");
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                places.Push(reader.TokenType is JsonTokenType.StartArray ? 0 : -1);
            }
            else
            {
                path.Pop();
            }
        }
    }

    private static string Shorter(string path) => path[..Math.Max(0, path.AsSpan().LastIndexOfAny('.', '['))];
}
