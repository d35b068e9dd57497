using PracticeEvents.App.Process;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Views;

/// <summary>The basics of practice for each child since the case was opened: dates of the latest of each, never a score.</summary>
internal sealed class BasicsView : View<BasicsRow>
{
    public override string Name => "basics";

    public override IEnumerable<BasicsRow> Rows(ChildPicture child)
    {
        if (child.Situation.OpenSince is not { } since)
        {
            return [];
        }

        var facts = child.History.Facts.Where(f => f.On.Date >= since).ToList();
        var visit = facts.LastOrDefault(f => f.Event is VisitRecorded { Seen: true });
        return
        [
            new BasicsRow(
                child.Child, visit?.On.Date, visit?.Event is VisitRecorded { SeenAlone: true }, visit?.Event is VisitRecorded { ReasonNotAlone: not null },
                Last<AssessmentStarted>(), Last<AssessmentSignedOff>(), Last<CarePlanRecorded>(), Last<ChildInNeedPlanEnded>() ?? Last<ChildProtectionPlanEnded>(),
                Last<ManagementOversightRecorded>()),
        ];

        DateOnly? Last<T>()
            where T : ChildEvent => facts.LastOrDefault(f => f.Event is T)?.On.Date;
    }
}

/// <summary>The basics as the view keeps them. Nothing in a date means that it was not recorded.</summary>
internal sealed record BasicsRow(
    string Child, DateOnly? SeenOn, bool SeenAlone, bool ReasonNotAlone, DateOnly? AssessmentStartedOn, DateOnly? AssessmentFinishedOn, DateOnly? CarePlanOn,
    DateOnly? PlanEndedOn, DateOnly? OversightOn);
