using PracticeEvents.Benchmarks.Machine;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>What the figure is put beside: a floor or a peer, measured in the same run.</summary>
internal sealed record Beside(string What, double Value);

/// <summary>One figure of one run.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Beside">Floor or peer, in the same unit; nothing when there is none.</param>
/// <param name="Goals">What it must reach.</param>
internal sealed record Reading(string What, double Value, string Unit, Beside? Beside, params IReadOnlyList<Goal> Goals)
{
    /// <summary>The figure over the one beside it; nothing when there is none.</summary>
    public double? Ratio => Beside is { Value: > 0 } beside ? Value / beside.Value : null;
}

/// <summary>What one run of a row gives.</summary>
/// <param name="Readings">The figures.</param>
/// <param name="Profiles">What they took.</param>
internal sealed record Measured(IReadOnlyList<Reading> Readings, params IReadOnlyList<Profile> Profiles);

/// <summary>A row of the table: something that is measured, with its floor or peer beside it.</summary>
internal interface IRow
{
    /// <summary>The row's word, for BENCH_ROWS.</summary>
    string Word { get; }

    /// <summary>How often it is measured.</summary>
    int Runs => Knobs.Runs;

    /// <summary>Measures once.</summary>
    Task<Measured> MeasureAsync(Ground ground);
}
