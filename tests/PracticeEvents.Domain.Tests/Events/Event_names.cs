using System.Text.Json;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.Domain.Tests.Events;

/// <summary>Stored names are the storage format. A failure here means that stored events would no longer be understood.</summary>
public sealed class Event_names
{
    private const string Catalogue = """
        absence_cancelled absence_recorded action_completed action_set adoption_decision_made adoption_order_made adoption_panel_recommended
        adoption_placement_ended adoption_review_held alert_acknowledged alert_delivered alert_delivery_failed alert_escalated alert_question_answered
        alert_questioned alert_raised alert_reassigned alert_reminded alert_reminder_set alert_seen alert_settled alert_stage_reached alert_withdrawn allegation_known
        allegation_reported assessment_returned assessment_reviewed assessment_signed_off assessment_started assessment_submitted
        audit_moderated became_care_leaver became_looked_after cafcass_concern_closed cafcass_concern_raised calendar_published
        care_leaver_contact_made care_leaver_moved care_plan_recorded case_allocated case_audited case_closed case_supervised
        case_transferred case_unallocated ceased_to_be_looked_after challenge_answered challenge_raised child_born child_died
        child_in_need_meeting_held child_in_need_plan_ended child_in_need_plan_started child_in_need_review_held
        child_protection_category_changed child_protection_plan_ended child_protection_plan_started child_registered chronology_updated
        cognitive_assessment_recorded complaint_answered complaint_received conference_decisions_sent conference_minutes_sent
        conference_quality_recorded conference_report_shared conference_requested contact_decided contact_received contingency_plan_recorded
        core_group_held corrected dashboard_opened decision_to_issue_made delay_reason_recorded dental_check_held detained_in_custody digest_ready
        dip_sample_completed direction_made early_review_requested evidence_filed family_network_meeting_held full_approval_given
        gateway_adjourned gateway_adjournment_decided gateway_attendance_approved gateway_attendance_refused gateway_attendance_requested
        gateway_dissent_recorded gateway_listed gateway_papers_shared genogram_recorded graded_care_profile_recorded health_assessment_held
        health_notified hearing_held initial_conference_held iro_contact_recorded legal_gateway_held legal_gateway_outcome_recorded
        legal_status_changed letter_before_proceedings_sent load_finished looked_after_review_held management_oversight_recorded
        mid_point_due mid_point_recorded need_to_know_raised order_made other_arrangements_ended other_arrangements_started panel_held
        parent_assessment_completed parent_placement_decided parenting_assessment_recorded pathway_assessment_recorded pathway_plan_reviewed
        pathway_plan_signed_off permanence_plan_agreed personal_education_plan_recorded placed_for_adoption placement_ended
        placement_notified placement_plan_recorded placement_started plo_audit_completed plo_oversight_recorded police_protection_ended
        police_protection_started practice_alert_answered practice_alert_closed practice_alert_raised pre_proceedings_ended
        pre_proceedings_meeting_held pre_proceedings_started private_fostering_ended private_fostering_notified proceedings_concluded
        proceedings_extended proceedings_issued proceedings_tracked rapid_review_held recorded_in_error referral_decided referral_received
        released_from_custody return_interview_held return_interview_offered returned_from_missing review_conference_held
        review_decisions_answered review_decisions_sent review_rated review_record_completed review_record_sent review_report_shared
        review_scheduled risk_level_set rules_published sdq_recorded section_47_concluded secure_placement_ended secure_placement_started
        secure_review_held senior_review_recorded serious_incident_known serious_incident_notified strategy_discussion_decided
        strategy_discussion_held supervision_held team_registered temporary_approval_ended temporary_approval_given transfer_in_notified
        visit_recorded visit_requested went_missing worker_left worker_registered
        """;

    private static readonly string[] Personal =
    [
        "name", "forename", "surname", "address", "postcode", "phone", "email", "narrative", "comment", "comments", "text", "description",
        "notes", "note", "summary", "title", "nhsNumber", "details",
    ];

    [Fact]
    public void Every_event_of_the_catalogue_has_a_record_and_no_record_is_missing_from_it() =>
        Assert.Equal(Catalogue.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), EventCatalogue.All.Select(k => k.Alias));

    [Theory]
    [InlineData("OrderOpened", "order_opened")]
    [InlineData("OrderV2Placed", "order_v2_placed")]
    [InlineData("URLAdded", "url_added")]
    [InlineData("ABTestStarted2", "ab_test_started_2")]
    [InlineData("lowercase_evt", "lowercase__evt")]
    [InlineData("Section47Concluded", "section_47_concluded")]
    public void A_record_is_named_as_Marten_names_it(string record, string alias) => Assert.Equal(alias, EventName.Alias(record));

    [Theory]
    [InlineData("practice.visit_recorded")]
    [InlineData("visit_recorded")]
    public void A_kind_is_found_by_its_stored_name_and_by_its_CloudEvents_type(string name) =>
        Assert.Equal(typeof(VisitRecorded), EventCatalogue.Find(name)?.Record);

    [Fact]
    public void Words_are_written_as_the_field_writes_them()
    {
        Assert.Equal(["reg19", "reg24", "full"], EventCatalogue.Find("placement_started")!.Member("approval")!.Words);
        Assert.Equal(["due_soon", "due", "overdue", "escalated", "to_know", "mid_point"], EventCatalogue.Find("alert_raised")!.Member("stage")!.Words);
        Assert.Equal(["child_protection_plan", "child_in_need_plan", "section_20", "supervision_order"],
            EventCatalogue.Find("senior_review_recorded")!.Member("about")!.Words);
        Assert.Equal(["stage1", "stage2", "panel"], EventCatalogue.Find("complaint_received")!.Member("stage")!.Words);
        Assert.Equal(["cmh", "irh", "final"], EventCatalogue.Find("hearing_held")!.Member("kind")!.Words);
    }

    [Fact]
    public void Words_are_stored_as_the_catalogue_lists_them() => Assert.All(
        EventCatalogue.All.SelectMany(k => k.Members).Select(m => m.Item ?? m.Type).Where(t => t.IsEnum).Distinct(),
        words => Assert.All(Enum.GetValues(words).Cast<object>(), word =>
            Assert.Equal($"\"{EventName.Word(word.ToString()!)}\"", JsonSerializer.Serialize(word, words, EventJson.Options))));

    [Fact]
    public void No_event_has_a_member_that_could_hold_a_name_an_address_or_a_story() =>
        Assert.Empty(EventCatalogue.All.SelectMany(k => k.Members).Select(m => m.Name).Intersect(Personal));

    [Fact]
    public void Every_event_is_a_sealed_record_with_the_stream_it_belongs_to() => Assert.All(EventCatalogue.All, kind =>
    {
        Assert.True(kind.Record.IsSealed, kind.Alias);
        Assert.NotEmpty(kind.Stream);
    });

    [Fact]
    public void Streams_are_named_by_what_the_event_is_about()
    {
        var on = new Happened(new(2026, 9, 7));
        Assert.Equal("child-C1", EventKind.StreamOf(new CoreGroupHeld { Child = "C1", On = on }));
        Assert.Equal("worker-W1", EventKind.StreamOf(new SupervisionHeld { Worker = "W1", On = on }));
        Assert.Equal("worker-W2", EventKind.StreamOf(new DipSampleCompleted { Manager = "W2", On = on }));
        Assert.Equal("team-T1", EventKind.StreamOf(new TeamRegistered { Team = "T1", Service = "S", TeamManager = "W1", HeadOfService = "W2" }));
        Assert.Equal("panel-legal_gateway", EventKind.StreamOf(new PanelHeld { Panel = PanelKind.LegalGateway, On = on }));
        Assert.Equal("alert-A1", EventKind.StreamOf(new AlertSeen { Alert = "A1", On = on }));
        Assert.Equal("rules", EventKind.StreamOf(new RulesPublished { Pack = "P", Hash = "0", On = on }));
        Assert.Equal("calendar", EventKind.StreamOf(new CalendarPublished { Pack = "P", Hash = "0", On = on }));
    }
}
