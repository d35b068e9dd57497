namespace PracticeEvents.App.Synthetic;

/// <summary>An invented worker.</summary>
/// <param name="Reference">Opaque reference.</param>
/// <param name="Team">The team they belong to.</param>
/// <param name="Roles">Their roles, as the catalogue names them.</param>
/// <param name="Joins">The day they came; nothing when they were there from the beginning.</param>
/// <param name="Leaves">The day they left; nothing when they are still there.</param>
internal sealed record SyntheticWorker(string Reference, string Team, IReadOnlyList<string> Roles, DateOnly? Joins, DateOnly? Leaves);
