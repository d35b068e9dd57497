using PracticeEvents.App.Views;

namespace PracticeEvents.App.Web.Pages.Children;

/// <summary>A child in the list, with the duty that needs someone most.</summary>
/// <param name="Child">The child.</param>
/// <param name="Team">Team id.</param>
/// <param name="Worst">The open duty that needs someone most; nothing when none is open.</param>
/// <param name="Standing">How it stands, or that it cannot be told.</param>
internal sealed record ChildLine(ChildRow Child, string? Team, ObligationRow? Worst, DutyStanding? Standing)
{
    /// <summary>The code that the list filters by: a status of the contract, or <c>none</c>.</summary>
    public string Group => Standing?.Code ?? "none";
}

/// <summary>A line of the download: references and dates, never a name.</summary>
internal sealed record ChildCsvRow(
    string Child, string? Team, string? Worker, string? Iro, DateOnly? OpenSince, DateOnly? ProtectionPlanSince, DateOnly? LookedAfterSince, string? Status,
    string? Rule, string? Title, string? Due, DateOnly? LastSeen)
{
    /// <summary>A line as a row.</summary>
    public static ChildCsvRow Of(ChildLine line) => new(
        line.Child.Child, line.Team, line.Child.SocialWorker, line.Child.Iro, line.Child.OpenSince, line.Child.ProtectionPlanSince, line.Child.LookedAfterSince,
        line.Standing is { } standing ? Words.StatusWord.For(standing.Code).Word : null, line.Worst?.Rule, line.Worst?.Title, line.Worst?.DueText, line.Child.LastSeen);
}
