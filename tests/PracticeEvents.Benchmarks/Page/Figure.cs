using PracticeEvents.Benchmarks.Rows;

namespace PracticeEvents.Benchmarks.Page;

/// <summary>The medians of one figure over its runs.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Beside">Floor or peer.</param>
/// <param name="Ratio">The figure over the one beside it.</param>
/// <param name="Goals">Each goal, and how much of it is reached.</param>
/// <param name="Profile">The profile that says what it took; nothing when there is none.</param>
internal sealed record Figure(string What, double Value, string Unit, Beside? Beside, double? Ratio, IReadOnlyList<(Goal Goal, double Reached)> Goals, string? Profile)
{
    /// <summary>The least of what is reached of its goals; nothing when it has none.</summary>
    public double? Least => Goals.Count == 0 ? null : Goals.Min(g => g.Reached);

    /// <summary>The medians of some runs of one figure. The ratio is the median of the ratios, because floor and figure of one run belong together.</summary>
    public static Figure Of(IReadOnlyList<Reading> runs, string? profile)
    {
        var one = runs[0];
        return new Figure(
            one.What, Middle(runs.Select(r => r.Value)), one.Unit,
            one.Beside is { } beside ? beside with { Value = Middle(runs.Select(r => r.Beside!.Value)) } : null,
            one.Beside is null ? null : Middle(runs.Select(r => r.Ratio ?? 0)),
            [.. one.Goals.Select(goal => (goal, Middle(runs.Select(r => goal.Reached(r.Value, r.Ratio) ?? 0))))],
            profile);
    }

    private static double Middle(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;
}
