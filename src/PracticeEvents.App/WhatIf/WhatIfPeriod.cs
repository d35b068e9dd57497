using PracticeEvents.Domain;

namespace PracticeEvents.App.WhatIf;

/// <summary>The past period that is replayed.</summary>
/// <param name="From">First London date.</param>
/// <param name="To">Last London date.</param>
/// <param name="AsReceived">True when a loaded history counts from when it was loaded, quietly, as it did live; otherwise from when the case system recorded it,
/// as if the service had been there.</param>
internal sealed record WhatIfPeriod(DateOnly From, DateOnly To, bool AsReceived = false)
{
    private const int Earliest = 1990;

    /// <summary>The first instant in it.</summary>
    public DateTimeOffset Begins => London.StartOf(From).ToUniversalTime();

    /// <summary>The first instant after it.</summary>
    public DateTimeOffset Ends => London.StartOf(To.AddDays(1)).ToUniversalTime();

    /// <summary>The period asked for: without an end up to today, without a beginning a year long.</summary>
    /// <param name="from">First London date, if said.</param>
    /// <param name="to">Last London date, if said.</param>
    /// <param name="asReceived">See <see cref="AsReceived"/>.</param>
    /// <param name="now">UTC instant.</param>
    /// <returns>The period, or why there is none.</returns>
    public static (WhatIfPeriod? Period, string? Problem) Of(DateOnly? from, DateOnly? to, bool asReceived, DateTimeOffset now)
    {
        var today = London.DateOf(now);
        if (from?.Year < Earliest || to?.Year < Earliest)
        {
            return (null, $"The period cannot begin or end before {Earliest}.");
        }

        var last = to ?? today;
        var first = from ?? last.AddYears(-1).AddDays(1);
        return last > today ? (null, $"The period must be past: {last:yyyy-MM-dd} is after today, {today:yyyy-MM-dd}.")
            : first > last ? (null, $"The period ends on {last:yyyy-MM-dd}, before it begins on {first:yyyy-MM-dd}.")
            : (new WhatIfPeriod(first, last, asReceived), null);
    }
}
