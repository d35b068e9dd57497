using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>One measure of practice: what is counted, from which facts. Never of a person. A new one is a new file, found by scanning.</summary>
public interface IMeasure
{
    /// <summary>What it counts, in words, and how its cases make a figure.</summary>
    Definition About { get; }
}

/// <summary>A measure of the work with children: a pure function of one child's history.</summary>
public interface IChildMeasure : IMeasure
{
    /// <summary>The child's cases. The same history gives the same ones whatever today is: what is still to come shows in their dates.</summary>
    /// <param name="history">What is known of the child.</param>
    /// <param name="duties">The child's duties, worked out already.</param>
    /// <param name="calendar">The calendar of working days.</param>
    IEnumerable<MeasuredCase> Cases(History history, IReadOnlyList<Obligation> duties, WorkingDays calendar);
}

/// <summary>A measure of what managers owe their staff, from the streams of workers. Figures are of teams; no case names a worker.</summary>
public interface IStaffMeasure : IMeasure
{
    /// <summary>The cases that began on or before a London date, each with its team.</summary>
    /// <param name="staff">Who was in post, and what was recorded of their supervision.</param>
    /// <param name="through">The last day looked at.</param>
    IEnumerable<StaffCase> Cases(StaffRecord staff, DateOnly through);
}

/// <summary>A measure of what became of the messages that people were sent.</summary>
public interface IAlertMeasure : IMeasure
{
    /// <summary>The case that one alert is; nothing when it is none.</summary>
    /// <param name="alert">The alert's own events, in order of arrival.</param>
    /// <param name="calendar">The calendar of working days.</param>
    MeasuredCase? Case(IReadOnlyList<Fact> alert, WorkingDays calendar);
}

/// <summary>A case of a staff measure.</summary>
/// <param name="Team">The worker's team; nothing when none is registered.</param>
/// <param name="Case">The case.</param>
public sealed record StaffCase(string? Team, MeasuredCase Case);
