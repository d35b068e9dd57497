using System.Globalization;

namespace PracticeEvents.Domain.Timescales;

/// <summary>What a length of time is counted in.</summary>
public enum SpanUnit
{
    /// <summary>Elapsed hours, in UTC.</summary>
    Hours,

    /// <summary>Calendar days.</summary>
    Days,

    /// <summary>Calendar weeks of seven days.</summary>
    Weeks,

    /// <summary>Calendar months, by the corresponding-date rule: the same day number, or the last day of a shorter month.</summary>
    Months,

    /// <summary>Working days of the calendar.</summary>
    WorkingDays,

    /// <summary>School terms of the local calendar: to the last day of the term that comes so many after.</summary>
    SchoolTerms,
}

/// <summary>A length of time as a rule writes it: "10 working days", "6 weeks", "3 months", "72 hours".</summary>
/// <param name="Length">How many, 0 or more.</param>
/// <param name="Unit">Of what.</param>
public readonly record struct Span(int Length, SpanUnit Unit)
{
    private static readonly (string Word, SpanUnit Unit)[] Words =
    [
        ("working day", SpanUnit.WorkingDays), ("hour", SpanUnit.Hours), ("day", SpanUnit.Days),
        ("week", SpanUnit.Weeks), ("month", SpanUnit.Months), ("school term", SpanUnit.SchoolTerms),
    ];

    /// <summary>Reads "10 working days". Anything else is refused.</summary>
    public static bool TryParse(string? text, out Span span)
    {
        span = default;
        var parts = text?.Split(' ', 2);
        if (parts is not { Length: 2 } || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > 1000)
        {
            return false;
        }

        var word = parts[1].EndsWith('s') ? parts[1][..^1] : parts[1];
        var unit = Array.Find(Words, w => w.Word == word);
        span = new(length, unit.Unit);
        return unit.Word is not null;
    }

    /// <summary>The date this long after another (before it, when <paramref name="sign"/> is -1). The date itself is day 0. Hours are not
    /// dates: see <see cref="IsHours"/>.</summary>
    public DateOnly From(DateOnly date, WorkingDays calendar, int sign = 1) => Unit switch
    {
        SpanUnit.Days => date.AddDays(sign * Length),
        SpanUnit.Weeks => date.AddDays(sign * 7 * Length),
        SpanUnit.Months => date.AddMonths(sign * Length),
        SpanUnit.WorkingDays => calendar.Add(date, sign * Length),
        SpanUnit.SchoolTerms => calendar.EndOfTerm(date, sign * Length),
        SpanUnit.Hours => date.AddDays(sign * Length / 24),
        _ => throw new ArgumentOutOfRangeException(nameof(sign), Unit, null),
    };

    /// <summary>True when the span is counted in elapsed hours, so that an instant and not a date falls due.</summary>
    public bool IsHours => Unit is SpanUnit.Hours;

    /// <summary>As a rule writes it: "1 working day", "10 working days".</summary>
    public override string ToString()
    {
        var unit = Unit;
        var word = Array.Find(Words, w => w.Unit == unit).Word;
        return string.Create(CultureInfo.InvariantCulture, $"{Length} {word}{(Length == 1 ? "" : "s")}");
    }
}
