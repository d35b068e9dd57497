using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Process;

/// <summary>Says in the child's own stream that a mid-point has fallen due.</summary>
internal static class MidPoints
{
    /// <summary>The mid-points that are due by now and of which the stream does not say so yet.</summary>
    public static IEnumerable<MidPointDue> Due(ChildPicture child, DateTimeOffset now)
    {
        foreach (var duty in child.Duties.Where(d => d.Outcome is Outcome.Open && d.Edition.Cycle is not null && d.Due is not null))
        {
            var due = duty.Due!.Value.Date;
            var id = OwnEvents.MidPointId(duty.Occurrence, due);
            if (now >= London.StartOf(due) && !child.Recorded.Any(f => f.EventId == id))
            {
                yield return new MidPointDue
                {
                    Child = child.Child,
                    On = new Happened(due),
                    Ref = id,
                    Cycle = Enum.GetValues<MidPointCycle>().Single(c => EventName.Word(c.ToString()) == duty.Edition.Cycle),
                    Due = due,
                };
            }
        }
    }
}
