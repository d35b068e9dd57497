using PracticeEvents.Domain.Measures;

namespace PracticeEvents.App.Measuring;

/// <summary>What somebody asks of measures.</summary>
/// <param name="Measures">Which measures.</param>
/// <param name="Periods">For which periods.</param>
internal sealed record Asked(IReadOnlyList<IMeasure> Measures, IReadOnlyList<Period> Periods)
{
    /// <summary>Only cases of this team.</summary>
    public string? Team { get; init; }

    /// <summary>Only cases of teams of this service.</summary>
    public string? Service { get; init; }

    /// <summary>True for one figure for each team.</summary>
    public bool ByTeam { get; init; }

    /// <summary>Also as was known at this instant; both figures then speak of the record up to that day.</summary>
    public DateTimeOffset? AsAt { get; init; }
}

/// <summary>The answer for one measure and period.</summary>
/// <param name="About">What it counts.</param>
/// <param name="Period">The period.</param>
/// <param name="Team">The team, where asked by team; nothing for cases of no team.</param>
/// <param name="AsKnownNow">The figure from all that is known by now.</param>
/// <param name="AsReportedThen">The figure as it would have been given at the instant asked about.</param>
/// <param name="CasesThatDiffer">How many cases stand otherwise in the two.</param>
internal sealed record Measured(Definition About, Period Period, string? Team, Figure AsKnownNow, Figure? AsReportedThen, int? CasesThatDiffer);
