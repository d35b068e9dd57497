namespace PracticeEvents.Domain.Events;

/// <summary>What is wrong with one member of an event, in words a worker understands.</summary>
/// <param name="Member">JSON name of the member, or nothing when the whole event is meant.</param>
/// <param name="Why">One sentence: what is wrong and what is wanted.</param>
public sealed record Problem(string? Member, string Why);

/// <summary>An event read from outside, or everything that is wrong with it.</summary>
/// <param name="Event">The event; nothing when there are problems.</param>
/// <param name="Problems">Everything wrong with it; empty when it was read.</param>
public sealed record Reading(PracticeEvent? Event, IReadOnlyList<Problem> Problems);
