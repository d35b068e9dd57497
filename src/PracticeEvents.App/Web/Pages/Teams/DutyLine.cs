using PracticeEvents.App.Views;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Web.Pages.Teams;

/// <summary>An open duty of a child of the team, with its column and its status now. A child who is not watched can only be "Cannot tell".</summary>
internal sealed record DutyLine(ChildRow Child, ObligationRow Duty, DutyGroup Group, Status Status)
{
    /// <summary>The contract's code of the status.</summary>
    public string Code => EventName.Word(Status.ToString());

    /// <summary>Its place in the order every list sorts by, the most urgent first.</summary>
    public int Urgency => UrgencyOf(Status);

    /// <summary>What follows the status word: "by 3 working days".</summary>
    public string? Detail(WorkingDays calendar, DateOnly today) => (Status, Duty.Due) switch
    {
        (Status.Overdue, { } due) => Dates.ByWorkingDays(calendar.Between(due, today)),
        (Status.DueSoon, { } due) => Dates.InWorkingDays(calendar.Between(today, due)),
        _ => null,
    };

    /// <summary>The place of a status in the order every list sorts by.</summary>
    public static int UrgencyOf(Status status)
    {
        var code = EventName.Word(status.ToString());
        return StatusWord.All.TakeWhile(word => word.Code != code).Count();
    }
}
