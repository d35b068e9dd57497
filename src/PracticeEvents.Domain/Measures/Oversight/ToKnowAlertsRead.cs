using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Measures;

/// <summary>Whether those who must know of a decision have said that they read it.</summary>
public sealed class ToKnowAlertsRead : IAlertMeasure
{
    /// <inheritdoc/>
    public Definition About { get; } = new()
    {
        Id = "to-know-alerts-acknowledged",
        Title = "Messages to know, acknowledged",
        Says = "Messages about decisions, such as one to go to the legal gateway, that their reader acknowledged or marked as read within "
            + "one working day; messages that came with a load of history or were taken back in that time are not counted.",
        Numerator = "messages acknowledged within one working day",
        Denominator = "those, and messages of which that time ran out",
        Source = "St Helens improvement programme, September 2021: chairs and officers are told at once",
        Unit = MeasureUnit.Share,
        Better = Better.Higher,
    };

    /// <inheritdoc/>
    public MeasuredCase? Case(IReadOnlyList<Fact> alert, WorkingDays calendar)
    {
        if (alert.FirstOrDefault(f => f.Event is AlertRaised) is not { Event: AlertRaised { Stage: AlertStage.ToKnow, Quiet: false } } raised)
        {
            return null;
        }

        var from = raised.On.Date;
        var due = calendar.Add(from, 1);
        var read = alert.FirstOrDefault(f => f.Event is AlertAcknowledged or AlertSettled { By: not null })?.On.Date;
        var back = alert.FirstOrDefault(f => f.Event is AlertWithdrawn)?.On.Date;
        return read <= due ? new MeasuredCase(raised.Id, from, read) { Hit = true }
            : back <= due ? null
            : new MeasuredCase(raised.Id, from, due) { Hit = false, AtDayEnd = true };
    }
}
