using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Alerts;

/// <summary>Why word of an alert waits to be sent with others.</summary>
public enum Held
{
    /// <summary>It does not wait.</summary>
    No,

    /// <summary>The person wants one message a day.</summary>
    ForDay,

    /// <summary>It came in their quiet hours.</summary>
    Quiet,

    /// <summary>They were sent as many that day as their role is sent.</summary>
    Budget,
}

/// <summary>London times between which a person wants to be sent nothing. From one to the other, over midnight where the first is the later.</summary>
/// <param name="From">The first minute of quiet.</param>
/// <param name="To">The minute at which it is over.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>True for a time of day in them.</summary>
    public bool Has(TimeOnly time) => time.IsBetween(From, To);
}

/// <summary>When a person wants to be sent what is for them. What must not wait goes at once; it is not asked for here.</summary>
/// <param name="Daily">London time of the one message a day; nothing for straight away.</param>
/// <param name="Quiet">When nothing is sent; nothing for never.</param>
/// <param name="EvenThen">Stages that are sent in quiet hours all the same.</param>
public sealed record SendingTimes(TimeOnly? Daily, QuietHours? Quiet, IReadOnlyList<AlertStage> EvenThen)
{
    /// <summary>Straight away, at any hour.</summary>
    public static SendingTimes AtOnce { get; } = new(null, null, []);

    /// <summary>London time at which those are sent what was too much for the day before who have not said when.</summary>
    public static TimeOnly Morning { get; } = new(8, 0);

    /// <summary>When word of a stage is sent.</summary>
    /// <param name="stage">The stage reached.</param>
    /// <param name="isOverBudget">True when the person was sent as many today as their role is sent.</param>
    /// <param name="now">UTC instant.</param>
    /// <returns>UTC instant, and why it is not now.</returns>
    public (DateTimeOffset At, Held Why) For(AlertStage stage, bool isOverBudget, DateTimeOffset now)
    {
        var time = TimeOnly.FromDateTime(London.TimeOf(now).DateTime);
        if (Daily is { } daily)
        {
            return (Next(daily, now), Held.ForDay);
        }

        if (isOverBudget)
        {
            return (Next(Quiet?.Has(Morning) is true ? Quiet.To : Morning, now), Held.Budget);
        }

        return Quiet?.Has(time) is true && !EvenThen.Contains(stage) ? (Next(Quiet.To, now), Held.Quiet) : (now, Held.No);
    }

    /// <summary>When a message that may wait and could not be sent is tried again: quiet hours are quiet then too.</summary>
    /// <param name="stages">The stages that it is about.</param>
    /// <param name="at">UTC instant at which it would be tried.</param>
    /// <returns>UTC instant.</returns>
    public DateTimeOffset Again(IEnumerable<AlertStage> stages, DateTimeOffset at) =>
        Quiet?.Has(TimeOnly.FromDateTime(London.TimeOf(at).DateTime)) is true && !stages.Any(EvenThen.Contains) ? Next(Quiet.To, at) : at;

    // The next instant at which London clocks show a time.
    private static DateTimeOffset Next(TimeOnly time, DateTimeOffset now) =>
        London.At(London.DateOf(now), time) is var today && today > now ? today : London.At(London.DateOf(now).AddDays(1), time);
}
