using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PracticeEvents.Domain.Events;

/// <summary>How the names of records and of closed words are written down.</summary>
public static partial class EventName
{
    /// <summary>
    /// The stored name of a record, by Marten's rule: <c>Section47Concluded</c> is <c>section_47_concluded</c>, <c>OrderV2Placed</c> is
    /// <c>order_v2_placed</c>, <c>URLAdded</c> is <c>url_added</c>. A number after a small letter is a word of its own.
    /// </summary>
    public static string Alias(string recordName) => Boundary().Replace(recordName, "_").ToLowerInvariant();

    /// <summary>
    /// The stored word of a member of a closed list: <c>NoFurtherAction</c> is <c>no_further_action</c>. A number stays with its
    /// letters, as in <c>reg19</c>, which is how the field writes them.
    /// </summary>
    public static string Word(string enumName) => JsonNamingPolicy.SnakeCaseLower.ConvertName(enumName);

    /// <summary>The stored word of a member of a closed list, from a table made once for each list.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => Words<T>.All.TryGetValue(value, out var word) ? word : Word(value.ToString());

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[0-9])|(?<=_)(?=[a-zA-Z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Boundary();

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> All = Enum.GetValues<T>().Distinct().ToFrozenDictionary(v => v, v => Word(v.ToString()));
    }
}
