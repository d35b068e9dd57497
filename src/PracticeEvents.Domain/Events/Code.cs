namespace PracticeEvents.Domain.Events;

/// <summary>References and codes: 1 to 64 of <c>A-Za-z0-9._-</c>, too little to hold a name, an address or a story.</summary>
public static class Code
{
    /// <summary>The longest code, in characters.</summary>
    public const int Longest = 64;

    /// <summary>True for a well-formed code.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: >= 1 and <= Longest } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>The text in quotes when it is a code; anything else is not repeated, because it may be personal.</summary>
    internal static string Quote(string text) => IsValid(text) ? $"'{text}'" : "something else";

    /// <summary>The word that was most likely meant; nothing when none is close.</summary>
    internal static string? Nearest(string text, IEnumerable<string> words) => !IsValid(text) ? null : words
        .Select(word => (word, distance: Distance(text.ToLowerInvariant(), word)))
        .Where(w => w.distance <= Math.Max(1, w.word.Length / 3))
        .OrderBy(w => w.distance).ThenBy(w => w.word, StringComparer.Ordinal)
        .Select(w => w.word).FirstOrDefault();

    /// <summary>How many letters must be added, dropped or changed to make one text the other.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
