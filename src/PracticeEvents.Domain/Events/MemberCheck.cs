using System.Globalization;
using System.Text.Json;

namespace PracticeEvents.Domain.Events;

/// <summary>Checks single members of an event's data and says what is wrong with each.</summary>
/// <param name="today">Today's London date.</param>
/// <param name="path">What comes before a member's name in sentences: nothing, or <c>data.</c>.</param>
/// <param name="problems">Where problems go.</param>
internal sealed class MemberCheck(DateOnly today, string path, List<Problem> problems)
{
    private const int LongestIdentifier = 200;
    private const int LongestList = 200;
    private static readonly DateOnly Earliest = new(1900, 1, 1);

    /// <summary>Adds a problem: the member's name, then the words given, then a full stop.</summary>
    public void Say(EventMember member, string words) => problems.Add(new(path + member.Name, $"{path}{member.Name} {words}."));

    /// <summary>What a member should hold, as a phrase.</summary>
    public static string Wanted(EventMember member) =>
        member.Item is null ? Wanted(member, member.Type) : $"a list, each item {Wanted(member, member.Item)}";

    /// <summary>Checks a member that was given.</summary>
    public void Value(EventMember member, JsonElement value)
    {
        if (member.Item is null)
        {
            One(member, member.Type, value);
        }
        else if (value.ValueKind is not JsonValueKind.Array)
        {
            Say(member, $"must be {Wanted(member)}");
        }
        else if (value.GetArrayLength() > LongestList || (member.Required && value.GetArrayLength() == 0))
        {
            Say(member, $"must list 1 to {LongestList} items");
        }
        else
        {
            foreach (var item in value.EnumerateArray())
            {
                One(member, member.Item, item);
            }
        }
    }

    /// <summary>Checks that a date is one that can be believed of the member.</summary>
    public void Believable(EventMember member, DateOnly date)
    {
        if (date < Earliest)
        {
            Say(member, $"is {Iso(date)}; dates before 1900 are not believed");
        }
        else if (member.YearsAhead == 0 && date > today.AddDays(1))
        {
            Say(member, $"is {Iso(date)}, which has not happened yet: today is {Iso(today)}");
        }
        else if (member.YearsAhead > 0 && date > today.AddYears(member.YearsAhead))
        {
            Say(member, $"is {Iso(date)}, more than {member.YearsAhead} year{(member.YearsAhead > 1 ? "s" : "")} ahead of today, {Iso(today)}");
        }
    }

    private static string Wanted(EventMember member, Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) => "a whole number from 1 to 366",
        _ when type == typeof(DateOnly) => "a date such as 2026-09-07",
        _ when type == typeof(Happened) => "a date such as 2026-09-07, or a date and time with offset such as 2026-09-07T14:30:00+01:00",
        _ when type == typeof(JsonElement) => "a JSON object",
        _ when member.Words.Count > 0 => $"one of {string.Join(", ", member.Words)}",
        _ when member.Identifier => $"text of 1 to {LongestIdentifier} characters without control characters",
        _ => $"a reference or code of 1 to {Code.Longest} letters, digits, dots, dashes or underscores, never free text",
    };

    private void One(EventMember member, Type type, JsonElement value)
    {
        var right = type switch
        {
            _ when type == typeof(bool) => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            _ when type == typeof(int) => value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var n) && n is >= 1 and <= 366,
            _ when type == typeof(JsonElement) => value.ValueKind is JsonValueKind.Object,
            _ => EventBody.Text(value) is { } text && Text(member, type, text),
        };

        if (!right)
        {
            Say(member, $"must be {Wanted(member, type)}");
        }
    }

    /// <summary>True when the text is right or when what is wrong with it has been said; false when the plain sentence will do.</summary>
    private bool Text(EventMember member, Type type, string text) => type switch
    {
        _ when type == typeof(DateOnly) || type == typeof(Happened) => Date(member, type, text),
        _ when member.Words.Count > 0 => Word(member, text),
        _ when member.Identifier => text.Length is >= 1 and <= LongestIdentifier && !text.Any(char.IsControl),
        _ => Code.IsValid(text),
    };

    private bool Word(EventMember member, string text)
    {
        if (member.Words.Contains(text))
        {
            return true;
        }

        var meant = Code.Nearest(text, member.Words) is { } near ? $" Did you mean '{near}'?" : "";
        problems.Add(new(path + member.Name,
            $"{path}{member.Name} is {Code.Quote(text)}, which is not a word it can hold.{meant} Allowed: {string.Join(", ", member.Words)}."));
        return true;
    }

    private bool Date(EventMember member, Type type, string text)
    {
        if (Happened.TryParse(text, out var happened) && (type == typeof(Happened) || happened.At is null))
        {
            Believable(member, happened.Date);
            return true;
        }

        if (!LooksLikeDate(text))
        {
            return false;
        }

        var day = text[..10];
        if (DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return false;
        }

        Say(member, $"must be {Wanted(member, type)}: {day} is not a real date");
        return true;
    }

    private static bool LooksLikeDate(string text) => text.Length >= 10
        && text.Take(10).Select((c, i) => i is 4 or 7 ? c == '-' : char.IsAsciiDigit(c)).All(ok => ok)
        && (text.Length == 10 || text[10] is 'T' or 't' or ' ');

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
