using System.Globalization;
using System.Reflection;
using PracticeEvents.App.Measuring;

namespace PracticeEvents.App.Api;

/// <summary>The parameters <c>from</c> and <c>to</c>: London dates, both counted. One that is left out has its default.</summary>
internal readonly record struct PeriodAsked(DateOnly? From, DateOnly? To)
{
    private const int MostYears = 10;

    /// <summary>Binds it from the query; anything that is not two dates in order is a 400.</summary>
    public static ValueTask<PeriodAsked> BindAsync(HttpContext context, ParameterInfo parameter) =>
        TryParse(context.Request.Query["from"], context.Request.Query["to"], out var period) is not { } problem
            ? ValueTask.FromResult(period)
            : throw new BadHttpRequestException(problem);

    /// <summary>Reads it. Gives what is wrong, a sentence; nothing when all is well.</summary>
    public static string? TryParse(string? from, string? to, out PeriodAsked period)
    {
        period = default;
        if (!Date(from, out var first) || !Date(to, out var last))
        {
            return "from and to must be dates, such as 2026-03-31.";
        }

        period = new PeriodAsked(first, last);
        return first > last ? "from must not be after to."
            : first is { } f && last is { } l && f.AddYears(MostYears) < l ? $"A period is at most {MostYears} years."
            : null;
    }

    /// <summary>The period, with what was left out: the end is today, the start the first of the month so many months before.</summary>
    public Period Or(DateOnly today, int monthsBefore)
    {
        var to = To ?? today;
        var from = From ?? Period.FirstOf(to).AddMonths(-monthsBefore);
        return new Period(from <= to ? from : to, to);
    }

    private static bool Date(string? text, out DateOnly? date)
    {
        date = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var read = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var told) && told.Year is >= 1900 and < 2200;
        date = told;
        return read;
    }
}
