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

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[0-9])|(?<=_)(?=[a-zA-Z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Boundary();
}
