using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Rules;

/// <summary>Something about a child's life that a rule asks for: an age, a legal status, a placement, a plan that runs. Judged by what is known, never by what is not:
/// where nothing is recorded it does not hold, and with <see cref="Not"/> it does.</summary>
public sealed record Circumstance
{
    /// <summary>What it is, as a page says it: "The child lives with a parent."</summary>
    public required string Says { get; init; }

    /// <summary>Of all events of these kinds the latest must match one of these; empty when that is not asked.</summary>
    public IReadOnlyList<Trigger> Latest { get; init; } = [];

    /// <summary>That latest event must have stood for this long; nothing when it need not.</summary>
    public Span? LastedFor { get; init; }

    /// <summary>A period that must be open; nothing when that is not asked.</summary>
    public Period? In { get; init; }

    /// <summary>One of these must have happened; empty when that is not asked.</summary>
    public IReadOnlyList<Trigger> Has { get; init; } = [];

    /// <summary>Since the latest of these, where <see cref="Has"/> is asked; empty for ever.</summary>
    public IReadOnlyList<Trigger> Since { get; init; } = [];

    /// <summary>The child must be younger than this, in years; nothing when that is not asked. A child of unknown age is not.</summary>
    public int? AgeUnder { get; init; }

    /// <summary>The child must be at least this old, in years; nothing when that is not asked. A child of unknown age is not.</summary>
    public int? AgeFrom { get; init; }

    /// <summary>True when the child must be expected and not yet born. A child of whom no birth is expected is taken to be born.</summary>
    public bool Unborn { get; init; }

    /// <summary>One of these must hold; empty when that is not asked.</summary>
    public IReadOnlyList<Circumstance> AnyOf { get; init; } = [];

    /// <summary>All of these must hold: for alternatives that have several sides. Empty when that is not asked.</summary>
    public IReadOnlyList<Circumstance> AllOf { get; init; } = [];

    /// <summary>The age is looked at so long after the day that matters: on the date that a review would be due; nothing for the day itself.</summary>
    public Span? After { get; init; }

    /// <summary>True when it must not be so.</summary>
    public bool Not { get; init; }

    /// <summary>Every kind of event that can change it.</summary>
    public IEnumerable<EventKind> Kinds =>
        Latest.Concat(In?.From ?? []).Concat(In?.Until ?? []).Concat(Has).Concat(Since).Select(t => t.Kind)
            .Concat(Unborn ? [EventCatalogue.Kind<ChildRegistered>(), EventCatalogue.Kind<ChildBorn>()] : []).Concat(AnyOf.Concat(AllOf).SelectMany(c => c.Kinds)).Distinct();

    /// <summary>True when it is so on a London date, all of that day's events included.</summary>
    /// <param name="history">What is known of the child.</param>
    /// <param name="on">The day.</param>
    /// <param name="ageOn">The day on which the age is looked at: a due date, for a duty whose length goes by age.</param>
    /// <param name="calendar">For how long something has stood.</param>
    public bool Holds(History history, DateOnly on, DateOnly ageOn, WorkingDays calendar) => Not != (
        (Latest.Count == 0 || LatestMatches(history, on, calendar))
        && (In is null || IsOpen(In, history, on))
        && (Has.Count == 0 || Has.AreAnyIn(history, history.LatestDate(Since, on) ?? DateOnly.MinValue, on.AddDays(1)))
        && (AnyOf.Count == 0 || AnyOf.HoldsAny(history, on, ageOn, calendar))
        && AllOf.Hold(history, on, ageOn, calendar)
        && (!Unborn || (history.IsExpected && !(history.DateOfBirth <= on)))
        && (AgeUnder is not { } under || history.DateOfBirth?.AddYears(under) > (After?.From(ageOn, calendar) ?? ageOn))
        && (AgeFrom is not { } from || history.DateOfBirth?.AddYears(from) <= (After?.From(ageOn, calendar) ?? ageOn)));

    /// <summary>False when nothing in the history could ever make it so, on any day: a quick look before it is asked day by day.</summary>
    internal bool CanHold(History history) => Not || (
        (Latest.Count == 0 || Latest.AreAnyIn(history))
        && (In is null || In.From.AreAnyIn(history))
        && (Has.Count == 0 || Has.AreAnyIn(history))
        && (AnyOf.Count == 0 || AnyOf.Any(c => c.CanHold(history)))
        && AllOf.All(c => c.CanHold(history)));

    private bool LatestMatches(History history, DateOnly on, WorkingDays calendar)
    {
        Fact? latest = null;
        for (var i = 0; i < Latest.Count; i++)
        {
            if (Latest.IsFirstOfItsKind(i) && history.Latest(Latest[i].Kind, on) is { } fact && !(latest?.On.Date > fact.On.Date))
            {
                latest = fact;
            }
        }

        return latest is not null && Latest.FirstMatching(latest.Event) is not null && (LastedFor is not { } lasted || lasted.From(latest.On.Date, calendar) <= on);
    }

    // What closes a period on the day on which it opens closes it.
    private static bool IsOpen(Period period, History history, DateOnly on) =>
        history.LatestDate(period.From, on) is { } opened
        && !period.Until.AreAnyIn(history, opened, on.AddDays(1)) && !Trigger.EndEverything.AreAnyIn(history, opened, on.AddDays(1));
}

/// <summary>Looks at circumstances together.</summary>
internal static class Circumstances
{
    /// <summary>True when all hold. None at all hold always.</summary>
    public static bool Hold(this IReadOnlyList<Circumstance> all, History history, DateOnly on, DateOnly ageOn, WorkingDays calendar)
    {
        for (var i = 0; i < all.Count; i++)
        {
            if (!all[i].Holds(history, on, ageOn, calendar))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when one holds at least.</summary>
    public static bool HoldsAny(this IReadOnlyList<Circumstance> all, History history, DateOnly on, DateOnly ageOn, WorkingDays calendar)
    {
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].Holds(history, on, ageOn, calendar))
            {
                return true;
            }
        }

        return false;
    }
}
