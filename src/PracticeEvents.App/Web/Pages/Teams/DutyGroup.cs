using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Web.Pages.Teams;

/// <summary>A column of the team's table. A rule finds its column by what meets it, so a new rule needs no line here.</summary>
internal sealed record DutyGroup(string Key, string Title)
{
    private static readonly DutyGroup Visits = new("visits", "Visits");
    private static readonly DutyGroup CoreGroups = new("core_groups", "Core groups");
    private static readonly DutyGroup Reviews = new("reviews", "Reviews");
    private static readonly DutyGroup Assessments = new("assessments", "Assessments");
    private static readonly DutyGroup Court = new("court", "Court");
    private static readonly DutyGroup Other = new("other", "Other");

    private static readonly Dictionary<Type, DutyGroup> ByMeeting = new()
    {
        [typeof(VisitRecorded)] = Visits,
        [typeof(CoreGroupHeld)] = CoreGroups,
        [typeof(InitialConferenceHeld)] = Reviews,
        [typeof(ReviewConferenceHeld)] = Reviews,
        [typeof(LookedAfterReviewHeld)] = Reviews,
        [typeof(ChildInNeedReviewHeld)] = Reviews,
        [typeof(MidPointRecorded)] = Reviews,
        [typeof(AssessmentSignedOff)] = Assessments,
        [typeof(HealthAssessmentHeld)] = Assessments,
    };

    /// <summary>In the order of the columns.</summary>
    public static readonly IReadOnlyList<DutyGroup> All = [Visits, CoreGroups, Reviews, Assessments, Court, Other];

    /// <summary>The column of a rule; "Other" for a rule that this release does not have.</summary>
    public static DutyGroup Of(Rule? rule) => rule is null ? Other
        : rule.Area == "court" ? Court
        : rule.Editions[^1].MetBy.Select(t => ByMeeting.GetValueOrDefault(t.Kind.Record)).FirstOrDefault(g => g is not null) ?? Other;
}
