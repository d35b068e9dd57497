using System.Globalization;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Inputs;

/// <summary>The reading of one child of a census file as it goes on.</summary>
internal sealed class CinReading(string? child, PlausibleDates dates, Differences differences)
{
    private readonly List<Refused> refusals = [];
    private readonly List<Refused> notes = [];
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    /// <summary>The child's reference; empty when the file gives none, and then every fact is refused.</summary>
    public string Child { get; } = child ?? "";

    /// <summary>Which dates can have happened.</summary>
    public PlausibleDates Dates { get; } = dates;

    /// <summary>What is known, and what this file adds.</summary>
    public Differences Differences { get; } = differences;

    /// <summary>Every value read, and what became of it.</summary>
    public Tally Counts { get; } = new();

    /// <summary>What was refused.</summary>
    public IReadOnlyList<Refused> Refusals => refusals;

    /// <summary>What was taken with a doubt.</summary>
    public IReadOnlyList<Refused> Notes => notes;

    /// <summary>Refuses one value, counted under its name.</summary>
    public void Refuse(string name, string path, string why)
    {
        Counts.Refused(name);
        refusals.Add(new Refused(path, why));
    }

    /// <summary>Notes a doubt about something that was taken.</summary>
    public void Note(string path, string why) => notes.Add(new Refused(path, why));

    /// <summary>The lasting key of an item that has no id: what it is and when it began, and a count when there was one alike before it.</summary>
    public string Unique(string key)
    {
        var unique = key;
        for (var n = 2; !used.Add(unique); n++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{key}-{n}");
        }

        return unique;
    }

    /// <summary>As <see cref="Unique"/>, for an item of an episode, by the date in the element that dates its beginning.</summary>
    public string UniqueItem(string episode, string what, CinElement item, string startElement)
    {
        var start = DateOf(item.TextOf(startElement))?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "undated";
        return Unique($"{episode}.{what}.{start}");
    }

    /// <summary>Takes the one element of an item that has any of these names; a second one is refused. Returns the date when it was taken or known.</summary>
    public DateOnly? Only(string name, CinElement item, string key, Func<Happened, PracticeEvent> fact, params string[] elements)
    {
        var given = item.All(elements).Where(e => e.Text.Length > 0).ToList();
        foreach (var second in given.Skip(1))
        {
            Refuse(name, second.Path, "It is given twice; the first is taken.");
        }

        return given.Count == 0 ? null : Fact(name, given[0], key, fact);
    }

    /// <summary>Takes one dated element as a fact. An empty element is not given, and not counted. Returns the date when it was taken or known.</summary>
    public DateOnly? Fact(string name, CinElement element, string key, Func<Happened, PracticeEvent> fact, bool expected = false)
    {
        if (element.Text.Length == 0)
        {
            return null;
        }

        if (Child.Length == 0)
        {
            Refuse(name, element.Path, "The child has no LAchildID that can be used (1 to 64 letters, digits, dots, hyphens and underscores).");
            return null;
        }

        if (DateOf(element.Text) is not { } date)
        {
            Refuse(name, element.Path, "It is not a date such as 2026-09-07.");
            return null;
        }

        if ((expected ? Dates.FaultOfExpected(date) : Dates.Fault(date)) is { } fault)
        {
            Refuse(name, element.Path, $"The date {fault}.");
            return null;
        }

        if (Differences.Say($"{Child}/{key}", fact(new Happened(date))) is Novelty.Unchanged)
        {
            Counts.Unchanged(name);
        }
        else
        {
            Counts.Taken(name);
        }

        return date;
    }

    /// <summary>True, false, or nothing when it is neither. Files hold 0 and 1, true and True.</summary>
    public static bool? FlagOf(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        "1" or "TRUE" => true,
        "0" or "FALSE" => false,
        _ => null,
    };

    /// <summary>A date, also when a time of day or a <c>Z</c> follows it; otherwise nothing.</summary>
    public static DateOnly? DateOf(string? text)
    {
        var day = text is { Length: > 10 } && text[10] is 'T' or 'Z' ? text[..10] : text;
        return DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    }
}
