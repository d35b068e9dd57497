using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Forecasts;

/// <summary>Rounds of a rule that came to their end alike: met, or past their due date and still not met. Rounds that ended otherwise say nothing about lateness.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Due">London date on which they were due.</param>
/// <param name="MetOn">London date on which they were met; nothing while they are not.</param>
/// <param name="Late">True when they were met late, or are late now.</param>
/// <param name="Left">Working days that were left when they were met; -1 when the due date had passed.</param>
/// <param name="Count">How many there were.</param>
public sealed record PastRound(string Rule, DateOnly Due, DateOnly? MetOn, bool Late, int Left, int Count)
{
    /// <summary>Some rounds, with the working days counted.</summary>
    public static PastRound Of(string rule, DateOnly due, DateOnly? metOn, bool late, WorkingDays calendar, int count = 1) =>
        new(rule, due, metOn, late, metOn is { } met && met <= due ? calendar.Between(met, due) : -1, count);
}

/// <summary>How often a duty in the same position was late.</summary>
/// <param name="Late">How many were late.</param>
/// <param name="Of">Of how many.</param>
public readonly record struct Odds(int Late, int Of)
{
    /// <summary>Fewer past rounds than this say nothing.</summary>
    public const int Enough = 20;

    /// <summary>The share that was late, 0 to 1.</summary>
    public double Share => (double)Late / Of;

    /// <summary>True when one in three or more was late.</summary>
    public bool AreHigh => Late * 3 >= Of;
}

/// <summary>What the past says of a rule: of the rounds that were still open with so many working days to go, how many ended late. It knows rules, never people.</summary>
public sealed class PastRounds
{
    // Further ahead than this the past says the same.
    private const int Furthest = 40;

    private readonly Dictionary<string, Odds[]> rules = new(StringComparer.Ordinal);

    /// <summary>Learns from rounds.</summary>
    public PastRounds(IEnumerable<PastRound> rounds)
    {
        foreach (var round in rounds)
        {
            if (!rules.TryGetValue(round.Rule, out var known))
            {
                rules[round.Rule] = known = new Odds[Furthest + 2];
            }

            var place = Math.Min(round.Left, Furthest) + 1;
            known[place] = new Odds(known[place].Late + (round.Late ? round.Count : 0), known[place].Of + round.Count);
        }

        foreach (var known in rules.Values)
        {
            for (var place = 1; place < known.Length; place++)
            {
                known[place] = new Odds(known[place].Late + known[place - 1].Late, known[place].Of + known[place - 1].Of);
            }
        }
    }

    /// <summary>The odds of a duty of a rule that is open with so many working days to go (0 on the due date); nothing when there were too few in that position.</summary>
    public Odds? With(string rule, int workingDaysToGo) =>
        rules.TryGetValue(rule, out var known) && known[Math.Clamp(workingDaysToGo, -1, Furthest) + 1] is { Of: >= Odds.Enough } odds ? odds : null;
}
