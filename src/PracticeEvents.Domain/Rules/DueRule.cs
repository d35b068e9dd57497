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

    /// <summary>Lengths that all count from the first start, each the next stop of one journey: a plan's 15, 18, 21 and 24 months. Empty for a duty with one length.
    /// A stop that has passed when the one before it is met is left out; after the last there is no other.</summary>
    public IReadOnlyList<Span> Milestones { get; init; } = [];

    /// <summary>What is counted from, when it is not the start itself; nothing when it is.</summary>
    public CountFrom? CountFrom { get; init; }

    /// <summary>A later event that carries a new date in place of the one worked out: an extension by the court; nothing when there is none.</summary>
    public MovedBy? MovedBy { get; init; }

    /// <summary>True when the council's own closures are not counted as working days either. Only for local standards.</summary>
    public bool LocalClosures { get; init; }

    /// <summary>The member of the starting event that holds the date, for <see cref="DueMethod.Explicit"/>.</summary>
    public string? Member { get; init; }

    /// <summary>How long before that date it is due; nothing for the date itself.</summary>
    public Span? Before { get; init; }

    /// <summary>Several clocks on one duty, the earliest of which is the due date. Empty when the start is the only clock.</summary>
    public IReadOnlyList<Clock> Clocks { get; init; } = [];

    /// <summary>Other lengths that hold in certain circumstances; the first that applies is used.</summary>
    public IReadOnlyList<Variant> Variants
    {
        get;
        init
        {
            field = value;
            VariedBy = [.. value.SelectMany(v => v.When).SelectMany(c => c.Kinds).Distinct()];
        }
    } = [];

    /// <summary>Every kind of event that can make another of <see cref="Variants"/> apply.</summary>
    internal IReadOnlyList<EventKind> VariedBy { get; private init; } = [];

    /// <summary>A fact that carries the child's own interval, which is used when it is the tighter one; nothing when there is none.</summary>
    public OwnInterval? OwnInterval { get; init; }
}

/// <summary>One clock of a duty that has several.</summary>
/// <param name="Name">What it is called: "Working Together", "census".</param>
/// <param name="From">The event that it counts from: the latest on or before the start, else the first after it.</param>
/// <param name="UnlessSince">Events after which that clock has been used up.</param>
public sealed record Clock(string Name, Trigger From, IReadOnlyList<Trigger> UnlessSince);

/// <summary>Another length for certain circumstances. They are looked at on the day of the start, and again whenever they change before the due date.</summary>
/// <param name="Name">What it is called on the page and in the explanation.</param>
/// <param name="When">What must be so. Ages are looked at on the due date that this length gives.</param>
/// <param name="Within">The length then.</param>
public sealed record Variant(string Name, IReadOnlyList<Circumstance> When, Span Within);

/// <summary>A day to count from that is not the start itself: the later of those given.</summary>
/// <param name="Birthday">The birthday on which the child reaches this age in years; nothing when it does not matter.</param>
/// <param name="After">So long after the start; nothing when that does not matter.</param>
public sealed record CountFrom(int? Birthday, Span? After);

/// <summary>An event that carries a new due date.</summary>
/// <param name="By">The event.</param>
/// <param name="Member">The member that holds the date.</param>
public sealed record MovedBy(Trigger By, EventMember Member);

/// <summary>Where a child's own interval is recorded.</summary>
/// <param name="Kind">The kind of fact.</param>
/// <param name="Member">The member that holds the number.</param>
/// <param name="Unit">What it counts.</param>
public sealed record OwnInterval(EventKind Kind, EventMember Member, SpanUnit Unit);
