namespace PracticeEvents.App.Synthetic;

/// <summary>What kind of invented authority to make. The same plan gives the same events, byte for byte, on every machine and
/// release.</summary>
/// <param name="Seed">Which authority: another seed is another place with other children.</param>
/// <param name="OpenChildren">How many children have an open case at <paramref name="Now"/>.</param>
/// <param name="Now">The instant at which the history stops: nothing is recorded after it.</param>
/// <param name="MonthsOfHistory">Every case that was open at any time in this many months is told, each from its own beginning.</param>
internal sealed record AuthorityPlan(int Seed, int OpenChildren, DateTimeOffset Now, int MonthsOfHistory)
{
    /// <summary>The authority shown in demonstrations: seed 20, 600 open children, two years.</summary>
    public static AuthorityPlan Usual(DateTimeOffset now) => new(20, 600, now, 24);

    /// <summary>Which days the offices are open. Asked only about days up to <see cref="Now"/>.</summary>
    public Func<DateOnly, bool> IsWorkingDay { get; init; } = OfficeDays.IsWorkingDay;
}
