using PracticeEvents.App.Views;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Web.Pages.Children;

/// <summary>How a duty stands, as a page says it: the status word's code and the words after it.</summary>
/// <param name="Code">The contract's code, such as <c>overdue</c>.</param>
/// <param name="Detail">What follows the word, such as "by 1 working day, due 29 Sep 2026".</param>
internal sealed record DutyStanding(string Code, string Detail)
{
    /// <summary>Place among statuses: what needs someone first, and not knowing before good news.</summary>
    public int Order { get; } = StatusWord.All.ToList().FindIndex(s => s.Code == Code);

    /// <summary>A duty at an instant. The duties of a child who is not watched cannot be told, whatever the last reckoning said.</summary>
    public static DutyStanding Of(ObligationRow duty, bool watched, WorkingDays calendar, DateTimeOffset now)
    {
        if (!watched && duty.Outcome is Outcome.Open)
        {
            return new("cannot_tell", "because this child's record cannot be worked through");
        }

        var today = London.DateOf(now);
        var status = duty.StatusAt(now);
        return new(EventName.Word(status.ToString()), status switch
        {
            Status.Overdue => $"{Dates.ByWorkingDays(Math.Max(0, calendar.Between(duty.Due!.Value, today)))}, {Due(duty)}",
            Status.DueSoon => $"{Dates.InWorkingDays(Math.Max(0, calendar.Between(today, duty.Due!.Value)))}, {Due(duty)}",
            Status.OnTrack => Due(duty),
            Status.Done => $"on {Dates.Short(duty.MetOn!.Value)}",
            Status.DoneLate => $"on {Dates.Short(duty.MetOn!.Value)}, {Due(duty)}",
            Status.Stopped or Status.CannotTell => duty.Because ?? "for a reason that is not recorded",
            _ => throw new ArgumentOutOfRangeException(nameof(duty), status, null),
        });
    }

    /// <summary>"due 2 Jan 2027 (last working day before: 31 Dec 2026)".</summary>
    public static string Due(ObligationRow duty)
    {
        if (duty.Due is not { } date)
        {
            return "due date not recorded";
        }

        var time = duty.DueAt is { } at ? $" at {Dates.Time(at)}" : "";
        var plan = duty.PlanBy is { } by && by != date ? $" (last working day before: {Dates.Short(by)})" : "";
        return $"due {Dates.Short(date)}{time}{plan}";
    }
}
