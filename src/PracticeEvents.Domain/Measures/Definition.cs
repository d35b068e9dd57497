namespace PracticeEvents.Domain.Measures;

/// <summary>What a figure is made of.</summary>
public enum MeasureUnit
{
    /// <summary>How many of the cases were so: numerator, denominator.</summary>
    Share,

    /// <summary>Calendar days: mean and median.</summary>
    Days,

    /// <summary>Weeks, which are days divided by seven to two decimals: mean and median.</summary>
    Weeks,

    /// <summary>Times for each case: mean and median.</summary>
    Times,

    /// <summary>How many there are.</summary>
    Number,
}

/// <summary>Which way is better.</summary>
public enum Better
{
    /// <summary>A higher figure.</summary>
    Higher,

    /// <summary>A lower figure.</summary>
    Lower,

    /// <summary>Neither by itself: the figure says where to look.</summary>
    Neither,
}

/// <summary>When a case belongs to a period.</summary>
public enum Counting
{
    /// <summary>On its own date: finished, met, or out of time in the period.</summary>
    OnItsDate,

    /// <summary>When it runs on the last day of the period. Of such cases those without a hit make the denominator, those with one the numerator.</summary>
    OnTheLastDay,

    /// <summary>Month by month: those without a hit that run on the first of a month make its denominator, the hits dated in the month its numerator.</summary>
    EachMonth,
}

/// <summary>What a measure counts and where it comes from.</summary>
public sealed record Definition
{
    /// <summary>Identity, such as <c>contact-to-referral-days</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Short name.</summary>
    public required string Title { get; init; }

    /// <summary>One sentence: what is counted and what is not.</summary>
    public required string Says { get; init; }

    /// <summary>What the numerator holds; for lengths, what is added up.</summary>
    public required string Numerator { get; init; }

    /// <summary>What the denominator holds; for lengths, what the sum is divided by.</summary>
    public required string Denominator { get; init; }

    /// <summary>Where the measure comes from.</summary>
    public required string Source { get; init; }

    /// <summary>What its figures are made of.</summary>
    public required MeasureUnit Unit { get; init; }

    /// <summary>When a case belongs to a period.</summary>
    public Counting Counting { get; init; }

    /// <summary>Which way is better.</summary>
    public required Better Better { get; init; }

    /// <summary>What is aimed for; nothing where nobody has said.</summary>
    public Target? Target { get; init; }

    /// <summary>The rules whose duties it counts; empty where it counts events.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Raise it when the same history gives other cases, so that what is kept of them is worked out anew.</summary>
    public int Version { get; init; } = 1;
}

/// <summary>What is aimed for.</summary>
/// <param name="Value">Per cent of a share; days, weeks or times otherwise.</param>
/// <param name="Source">Who said so.</param>
public sealed record Target(decimal Value, string Source);
