using PracticeEvents.App.Views;
using PracticeEvents.App.Web.Words;

namespace PracticeEvents.App.Web.Pages.Teams;

/// <summary>A child's basics as people read them: each yes, no or not recorded, with the date it rests on. Never added up.</summary>
internal sealed record Basics(string SeenAlone, string Assessment, string Plan, string Oversight)
{
    private const string Unknown = "Not recorded";

    /// <summary>The basics of a child.</summary>
    public static Basics Of(ChildRow child, BasicsRow? row) =>
        new(Alone(row), Assessed(row), Planned(child, row), row?.OversightOn is { } on ? $"Yes, {Dates.Short(on)}" : Unknown);

    private static string Alone(BasicsRow? row) => row switch
    {
        { SeenOn: { } on, SeenAlone: true } => $"Yes, {Dates.Short(on)}",
        { SeenOn: { } on, ReasonNotAlone: true } => $"No: seen {Dates.Short(on)}, not alone",
        { SeenOn: { } on } => $"{Unknown}: seen {Dates.Short(on)}, alone or not is not said",
        _ => Unknown,
    };

    private static string Assessed(BasicsRow? row) => row switch
    {
        { AssessmentFinishedOn: { } on } when row.AssessmentStartedOn is not { } start || start <= on => $"Yes, finished {Dates.Short(on)}",
        { AssessmentStartedOn: { } on } => $"No: started {Dates.Short(on)}, not finished",
        _ => Unknown,
    };

    private static string Planned(ChildRow child, BasicsRow? row) => child switch
    {
        { ProtectionPlanSince: { } since } => $"Yes, child protection plan since {Dates.Short(since)}",
        { LookedAfterSince: not null } when row?.CarePlanOn is { } on => $"Yes, care plan {Dates.Short(on)}",
        { NeedPlanSince: { } since } => $"Yes, child in need plan since {Dates.Short(since)}",
        _ when row?.PlanEndedOn is { } ended => $"No: the last plan ended {Dates.Short(ended)}",
        _ => Unknown,
    };
}

/// <summary>A duty of the team's CSV: one row for each timescale.</summary>
internal sealed record TeamDutyCsv(
    string Child, string? Worker, string Rule, string Title, string Group, DateOnly StartedOn, string? Due, DateOnly? PlanBy, string Status);

/// <summary>A child of the team's CSV.</summary>
internal sealed record TeamChildCsv(
    string Child, string? Worker, string VisitedAndSeenAlone, string CurrentAssessment, string CurrentPlan, string ManagementOversight,
    int Overdue, int CannotTell, int DueSoon);
