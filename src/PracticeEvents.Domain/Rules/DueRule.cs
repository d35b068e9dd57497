using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Rules;

/// <summary>How a due date is worked out from what started the duty.</summary>
public enum DueMethod
{
    /// <summary>So long after the start. The start is day 0.</summary>
    Within,

    /// <summary>By 23:59:59 London time on the day of the start.</summary>
    EndOfDay,

    /// <summary>On a date that the starting event itself carries: an order, a direction. Never calculated.</summary>
    Explicit,

    /// <summary>Half-way between the start and the due date of the duty that it follows, rounded down to a whole day.</summary>
    MidPoint,
}

/// <summary>The due rule of an edition.</summary>
public sealed record DueRule
{
    /// <summary>How it is worked out.</summary>
    public required DueMethod Method { get; init; }

    /// <summary>How long, for <see cref="DueMethod.Within"/>.</summary>
    public Span Within { get; init; }

    /// <summary>Lengths for the second, third… of a repeating duty; the last one goes on. Empty when every one is alike.</summary>
    public IReadOnlyList<Span> ThenWithin { get; init; } = [];

    /// <summary>True when the day of the start is day 1 and not day 0, so that the last day is one earlier: "beginning with".</summary>
    public bool StartIsDayOne { get; init; }

    /// <summary>The member of the starting event that holds the date, for <see cref="DueMethod.Explicit"/>.</summary>
    public string? Member { get; init; }

    /// <summary>Several clocks on one duty, the earliest of which is the due date. Empty when the start is the only clock.</summary>
    public IReadOnlyList<Clock> Clocks { get; init; } = [];

    /// <summary>Other lengths that hold in certain circumstances; the first that applies is used.</summary>
    public IReadOnlyList<Variant> Variants { get; init; } = [];

    /// <summary>A fact that carries the child's own interval, which is used when it is the tighter one; nothing when there is none.</summary>
    public OwnInterval? OwnInterval { get; init; }
}

/// <summary>One clock of a duty that has several.</summary>
/// <param name="Name">What it is called: "Working Together", "census".</param>
/// <param name="From">The event that it counts from: the latest on or before the start, else the first after it.</param>
/// <param name="UnlessSince">Events after which that clock has been used up.</param>
public sealed record Clock(string Name, Trigger From, IReadOnlyList<Trigger> UnlessSince);

/// <summary>Another length for certain circumstances.</summary>
/// <param name="Name">What it is called on the page and in the explanation.</param>
/// <param name="Latest">The latest fact of this kind on or before the start must match this.</param>
/// <param name="LastedFor">It must have stood for at least this long; nothing when it need not.</param>
/// <param name="Within">The length then.</param>
public sealed record Variant(string Name, Trigger Latest, Span? LastedFor, Span Within);

/// <summary>Where a child's own interval is recorded.</summary>
/// <param name="Kind">The kind of fact.</param>
/// <param name="Member">The member that holds the number.</param>
/// <param name="Unit">What it counts.</param>
public sealed record OwnInterval(EventKind Kind, EventMember Member, SpanUnit Unit);
