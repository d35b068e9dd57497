using System.Globalization;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Tests.Histories;
using PracticeEvents.Domain.Timescales;
using Xunit;
using Outcome = PracticeEvents.Domain.Timescales.Outcome;

namespace PracticeEvents.Domain.Tests.Alerts;

/// <summary>What people say to an alert, and what it does. The faults that tools for people on call are known for have a test each.</summary>
public sealed class Life_of_an_alert
{
    private readonly Office office = new();
    private readonly Obligation visit;
    private int told;

    public Life_of_an_alert()
    {
        Hear(new TeamRegistered { Team = "t1", TeamManager = "tm1", HeadOfService = "hos1" }, new(2026, 1, 5));
        Hear(new CaseAllocated { Child = Facts.Child, Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker }, new(2026, 1, 5));
        Hear(new InitialConferenceHeld { Child = Facts.Child, Outcome = ConferenceOutcome.Plan }, new(2026, 1, 6));
        visit = office.Duties.First(d => d.Rule.Id == "cp-visit" && d.Outcome is Outcome.Open);
    }

    private DateTimeOffset Overdue => visit.Nudges.First(n => n.Step.Stage is AlertStage.Overdue).At;

    private DateTimeOffset Escalated => visit.Nudges.First(n => n.Step.Stage is AlertStage.Escalated).At;

    [Fact]
    public void Escalation_waits_while_somebody_deals_with_it_and_the_due_date_does_not()
    {
        office.Look(Overdue);
        Acknowledge("tm1", Overdue.AddHours(10));

        Assert.DoesNotContain(office.Look(Escalated), IsEscalation);

        var until = Escalation.Next(visit, office.Alerts, Escalated)!.Value;
        Assert.Equal(visit.Calendar.Between(London.DateOf(Overdue), London.DateOf(Escalated)), visit.Calendar.Between(London.DateOf(Escalated), London.DateOf(until)));
        Assert.Contains(office.Look(until), IsEscalation);
        Assert.Equal(visit.Due!.Value.InUtc, Alert("hos1").Due);
    }

    [Fact]
    public void Nobody_is_told_again_of_a_stage_that_they_have_taken_on()
    {
        office.Look(Overdue);
        Acknowledge("tm1", Overdue.AddHours(10));

        var said = Enumerable.Range(1, 40).SelectMany(hours => office.Look(Overdue.AddHours(10 + hours)));

        Assert.DoesNotContain(said, e => e.Alert == Alert("tm1").Id);
    }

    [Fact]
    public void A_word_given_again_and_again_is_no_silence_without_end()
    {
        office.Look(Overdue);
        var last = visit.Calendar.Add(London.DateOf(Escalated), 2);
        for (var at = Overdue.AddHours(10); London.DateOf(at) < last; at = at.AddDays(1))
        {
            Assert.DoesNotContain(office.Alerts, a => a.To == "hos1" && a.Rule == visit.Rule.Id);
            Acknowledge("tm1", at);
            office.Look(at.AddHours(1));
        }

        office.Look(London.StartOf(last));

        Assert.True(Alert("hos1") is { Stage: AlertStage.Escalated, IsLive: true });
    }

    [Fact]
    public void A_word_given_while_there_was_still_time_holds_nothing_up()
    {
        office.Look(visit.SoonFrom!.Value);
        Acknowledge("tm1", visit.SoonFrom.Value.AddHours(10));
        office.Look(Overdue);

        Assert.Contains(office.Look(Escalated), IsEscalation);
    }

    [Fact]
    public void An_old_word_escalates_nothing_once_the_work_is_done()
    {
        office.Look(Overdue);
        Acknowledge("tm1", Overdue.AddHours(10));
        Hear(new VisitRecorded { Child = Facts.Child, Purpose = VisitPurpose.ChildProtection, Seen = true }, London.DateOf(Overdue));

        var later = Enumerable.Range(1, 120).SelectMany(day => office.Look(Overdue.AddDays(day))).ToList();

        Assert.NotEmpty(later);
        Assert.DoesNotContain(later, e => IsEscalation(e) && Of(e));
    }

    [Fact]
    public void A_word_of_somebody_who_has_left_holds_nothing_up()
    {
        office.Look(Overdue);
        Acknowledge("tm1", Overdue.AddHours(10));

        var said = Hear(new WorkerLeft { Worker = "tm1" }, London.DateOf(Escalated));

        Assert.Contains(said, e => e is AlertWithdrawn && e.Alert == Alert("tm1").Id);
        Assert.True(Alert("hos1") is { IsLive: true, Stage: AlertStage.Escalated });
    }

    [Fact]
    public void What_was_passed_on_is_another_s_at_every_later_stage()
    {
        office.Look(visit.SoonFrom!.Value);
        office.Take(new AlertReassigned { Alert = Alert("sw1").Id, On = Happened.AtInstant(visit.SoonFrom.Value), By = "tm1", To = "sw2" }, visit.SoonFrom.Value);

        office.Look(visit.SoonFrom.Value.AddHours(1));
        office.Look(London.StartOf(visit.PlanBy!.Value));

        Assert.True(Alert("sw2") is { IsLive: true, Stage: AlertStage.Due, Role: Role.SocialWorker });
        Assert.True(Alert("sw1") is { Status: AlertStatus.Withdrawn, PassedTo: "sw2" });
    }

    [Fact]
    public void What_was_passed_to_somebody_who_leaves_comes_back()
    {
        office.Look(visit.SoonFrom!.Value);
        office.Take(new AlertReassigned { Alert = Alert("sw1").Id, On = Happened.AtInstant(visit.SoonFrom.Value), By = "tm1", To = "sw2" }, visit.SoonFrom.Value);
        office.Look(visit.SoonFrom.Value.AddHours(1));

        Hear(new WorkerLeft { Worker = "sw2" }, London.DateOf(visit.SoonFrom.Value).AddDays(1));

        Assert.True(Alert("sw1").IsLive);
        Assert.False(Alert("sw2").IsLive);
    }

    [Fact]
    public void A_reminder_comes_on_its_day_and_once()
    {
        office.Look(visit.SoonFrom!.Value);
        var day = London.DateOf(visit.SoonFrom.Value).AddDays(1);
        office.Take(new AlertReminderSet { Alert = Alert("sw1").Id, On = Happened.AtInstant(visit.SoonFrom.Value), By = "sw1", RemindOn = day }, visit.SoonFrom.Value.AddHours(9));

        Assert.Empty(office.Look(visit.SoonFrom.Value.AddHours(10)).OfType<AlertReminded>());
        Assert.Equal(Alert("sw1").Id, Assert.Single(office.Look(London.StartOf(day)).OfType<AlertReminded>()).Alert);
        Assert.Empty(office.Look(London.StartOf(day).AddHours(1)).OfType<AlertReminded>());
    }

    [Fact]
    public void A_conference_that_did_not_take_place_takes_all_that_hangs_on_it_with_it_and_says_so()
    {
        office.Look(Overdue);
        var hanging = office.Alerts.Where(a => a.IsLive && a.Rule != UncoveredDuties.Rule && a.Because.SequenceEqual(["l3"]))
            .Select(a => a.Id).Order(StringComparer.Ordinal).ToList();
        Assert.True(office.Alerts.Where(a => hanging.Contains(a.Id)).Select(a => a.Rule).Distinct().Count() > 2);

        var said = Hear(new RecordedInError { Child = Facts.Child, Event = "l3" }, London.DateOf(Overdue).AddDays(1)).OfType<AlertWithdrawn>().ToList();

        Assert.Equal(hanging, said.Select(e => e.Alert).Intersect(hanging).Order(StringComparer.Ordinal));
        Assert.All(said.Where(e => hanging.Contains(e.Alert)), e => Assert.Equal("The record that it rested on was corrected or withdrawn.", e.Because[0]));
    }

    private IReadOnlyList<AlertEvent> Hear(PracticeEvent e, DateOnly on)
    {
        var at = London.StartOf(on).AddHours(9).ToUniversalTime();
        return office.Hear(Facts.Of(e with { On = new(on) }, "/cms", string.Create(CultureInfo.InvariantCulture, $"l{++told}"), at) with { ReceivedAt = at }, at);
    }

    private void Acknowledge(string worker, DateTimeOffset at) => office.Take(new AlertAcknowledged { Alert = Alert(worker).Id, On = Happened.AtInstant(at), By = worker }, at);

    private AlertState Alert(string worker) => office.Alerts.Single(a => a.Rule == visit.Rule.Id && a.Occurrence == visit.Occurrence && a.To == worker);

    private bool Of(AlertEvent e) => office.Of(e.Alert) is var alert && alert.Rule == visit.Rule.Id && alert.Occurrence == visit.Occurrence;

    private bool IsEscalation(AlertEvent e) => e is AlertRaised { Stage: AlertStage.Escalated } or AlertStageReached { Stage: AlertStage.Escalated } && Of(e);
}
