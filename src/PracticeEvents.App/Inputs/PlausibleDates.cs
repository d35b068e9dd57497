using System.Globalization;

namespace PracticeEvents.App.Inputs;

/// <summary>Which dates a feed may state as having happened: from 1900 to tomorrow (a sender's clock may be ahead of ours over midnight).</summary>
internal readonly record struct PlausibleDates(DateOnly Today)
{
    private static readonly DateOnly Earliest = new(1900, 1, 1);

    /// <summary>Why a date cannot have happened, or nothing when it can.</summary>
    public string? Fault(DateOnly date) => Fault(date, Today.AddDays(1));

    /// <summary>As <see cref="Fault(DateOnly)"/>, for the date when a birth is expected: up to a year ahead.</summary>
    public string? FaultOfExpected(DateOnly date) => Fault(date, Today.AddYears(1));

    private static string? Fault(DateOnly date, DateOnly last) =>
        date < Earliest ? "is before 1900"
        : date > last ? $"is after {last.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}"
        : null;
}
