using System.Collections.Frozen;

namespace PracticeEvents.App.Web.Words;

/// <summary>The order of names in a list: capitals beside small letters, letters with marks beside those without.</summary>
internal sealed class ByName : IComparer<string?>
{
    /// <summary>The one.</summary>
    public static readonly ByName Order = new();

    // The capitals of the Latin alphabets of Europe and of Vietnamese names as English keyboards write them. Other scripts come after them, in the order of their letters.
    private static readonly FrozenDictionary<char, char> Plain = new[]
    {
        "AÀÁÂÃÄÅĀĂĄ", "CÇĆĈĊČ", "DĎĐÐ", "EÈÉÊËĒĔĖĘĚ", "GĜĞĠĢ", "HĤĦ", "IÌÍÎÏĨĪĬĮİ", "JĴ", "KĶ", "LĹĻĽĿŁ", "NÑŃŅŇ",
        "OÒÓÔÕÖØŌŎŐƠ", "RŔŖŘ", "SŚŜŞŠȘ", "TŢŤŦȚ", "UÙÚÛÜŨŪŬŮŰŲƯ", "WŴ",
        "YÝŶŸ", "ZŹŻŽ",
    }.SelectMany(row => row.Skip(1).Select(marked => (marked, row[0]))).ToFrozenDictionary(p => p.marked, p => p.Item2);

    private ByName()
    {
    }

    public int Compare(string? x, string? y)
    {
        var length = Math.Min(x?.Length ?? 0, y?.Length ?? 0);
        for (var i = 0; i < length; i++)
        {
            if (Bare(x![i]).CompareTo(Bare(y![i])) is var order and not 0)
            {
                return order;
            }
        }

        var longer = (x?.Length ?? 0).CompareTo(y?.Length ?? 0);
        return longer != 0 ? longer : string.CompareOrdinal(x, y);
    }

    private static char Bare(char letter) => char.ToUpperInvariant(letter) is var capital && Plain.TryGetValue(capital, out var plain) ? plain : capital;
}
