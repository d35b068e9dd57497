using System.Text.Json.Nodes;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;
using Xunit;
using AllDuties = PracticeEvents.Domain.Timescales.Obligations;

namespace PracticeEvents.Domain.Tests.Rules;

/// <summary>What a rule can ask of a child's life, and how its dates follow when that changes.</summary>
public sealed partial class CircumstanceTests
{
    private const string AtHome = """{ "says": "The child lives with a parent.", "latest": [{ "event": "placement_started", "where": { "withParent": true } }] }""";
    private const string Elsewhere =
        """{ "says": "The child does not live with a parent.", "latest": [{ "event": "placement_started", "where": { "withParent": true } }], "not": true }""";

    private static string Visits(string circumstance) => $$"""
        "starts": [{ "event": "visit_recorded" }], "metBy": [{ "event": "visit_recorded" }], "repeats": true, "restart": "keep_first",
        "stops": [{ "event": "ceased_to_be_looked_after", "because": "No longer looked after." }], "while": [{{circumstance}}]
        """;

    [Fact]
    public void A_duty_lapses_when_its_circumstances_end_and_another_rule_counts_on_from_the_same_start()
    {
        string[] story = ["2026-03-02 visit_recorded seen=true purpose=looked_after", "2026-03-10 placement_started withParent=true"];

        Assert.Equal(["2026-03-02 due 2026-04-13 Superseded"], Duties(Visits(Elsewhere), """{ "within": "6 weeks" }""", story));
        Assert.Equal(["2026-03-02 due 2026-03-30 Open"], Duties(Visits(AtHome), """{ "within": "4 weeks" }""", story));
    }

    [Fact]
    public void What_begins_to_apply_after_its_date_has_passed_is_due_on_the_day_of_the_change()
    {
        string[] story = ["2026-03-02 visit_recorded seen=true purpose=looked_after", "2026-04-10 placement_started withParent=true"];

        Assert.Equal(["2026-03-02 due 2026-04-10 Open"], Duties(Visits(AtHome), """{ "within": "4 weeks" }""", story));
    }

    [Fact]
    public void A_duty_that_lapsed_runs_again_when_circumstances_change_back()
    {
        string[] story =
        [
            "2026-03-02 visit_recorded seen=true purpose=looked_after", "2026-03-10 placement_started withParent=true", "2026-03-17 placement_started withParent=false",
        ];

        Assert.Equal(["2026-03-02 due 2026-04-13 Open"], Duties(Visits(Elsewhere), """{ "within": "6 weeks" }""", story));
        Assert.Equal(["2026-03-02 due 2026-03-30 Superseded"], Duties(Visits(AtHome), """{ "within": "4 weeks" }""", story));
    }

    [Fact]
    public void A_start_that_something_has_stopped_since_does_not_come_back()
    {
        string[] story =
        [
            "2026-03-02 visit_recorded seen=true purpose=looked_after", "2026-03-05 ceased_to_be_looked_after", "2026-03-10 placement_started withParent=true",
        ];

        Assert.Empty(Duties(Visits(AtHome), """{ "within": "4 weeks" }""", story));
    }

    [Fact]
    public void A_length_changes_with_circumstances_before_it_is_due_and_counts_from_the_same_start()
    {
        const string due = """
            { "within": "7 days", "variants": [{ "name": "After the first review", "within": "4 weeks",
              "when": [{ "says": "The first review has been held.", "has": [{ "event": "looked_after_review_held" }], "since": [{ "event": "became_looked_after" }] }] }] }
            """;
        const string visits = """ "starts": [{ "event": "visit_recorded" }], "metBy": [{ "event": "visit_recorded" }], "restart": "keep_first" """;
        string[] story = ["2025-05-19 became_looked_after", "2025-06-02 visit_recorded seen=true purpose=looked_after"];

        Assert.Equal(["2025-06-02 due 2025-06-09 Open"], Duties(visits, due, story));
        Assert.Equal(["2025-06-02 due 2025-06-30 Open"], Duties(visits, due, [.. story, "2025-06-05 looked_after_review_held"]));
        Assert.Equal(["2025-06-02 due 2025-06-09 Open"], Duties(visits, due, [.. story, "2025-06-10 looked_after_review_held"]));
    }

    [Fact]
    public void An_age_is_looked_at_on_the_date_that_its_length_gives()
    {
        const string due =
            """{ "within": "12 months", "variants": [{ "name": "Under five", "within": "6 months", "when": [{ "says": "The child is under five.", "ageUnder": 5 }] }] }""";
        const string health = """ "starts": [{ "event": "health_assessment_held" }], "metBy": [{ "event": "health_assessment_held" }], "restart": "keep_first" """;

        Assert.Equal(
            ["2025-01-15 due 2026-01-15 Open"],
            Duties(health, due, ["2020-03-10 child_registered dateOfBirth=2020-03-10", "2025-01-15 health_assessment_held kind=review"]));
        Assert.Equal(
            ["2024-01-15 due 2024-07-15 Open"],
            Duties(health, due, ["2020-03-10 child_registered dateOfBirth=2020-03-10", "2024-01-15 health_assessment_held kind=review"]));
        Assert.Equal(["2024-01-15 due 2025-01-15 Open"], Duties(health, due, ["2024-01-15 health_assessment_held kind=review"]));
    }

    [Fact]
    public void It_counts_from_a_birthday_or_so_long_after_the_start_whichever_is_later()
    {
        const string due = """{ "within": "3 months", "countFrom": { "birthday": 16, "after": "13 weeks" } }""";
        const string pathway = """ "starts": [{ "event": "became_looked_after" }], "metBy": [{ "event": "pathway_assessment_recorded" }] """;
        const string born = "2009-11-30 child_registered dateOfBirth=2009-11-30";

        Assert.Equal(["2020-01-06 due 2026-02-28 Open"], Duties(pathway, due, [born, "2020-01-06 became_looked_after"]));
        Assert.Equal(["2025-11-03 due 2026-05-02 Open"], Duties(pathway, due, [born, "2025-11-03 became_looked_after"]));
        Assert.Equal(["2025-11-03 due  Open The date of birth is not recorded."], Duties(pathway, due, ["2025-11-03 became_looked_after"]));
    }

    [Fact]
    public void Milestones_count_from_the_first_start_and_those_that_have_passed_are_left_out()
    {
        const string due = """{ "milestones": ["15 months", "18 months", "21 months"] }""";
        const string plan =
            """ "starts": [{ "event": "child_protection_plan_started" }], "metBy": [{ "event": "management_oversight_recorded" }], "repeats": true, "restart": "keep_first" """;

        Assert.Equal(
            ["2024-05-31 due 2025-08-31 Met", "2025-08-20 due 2025-11-30 Open"],
            Duties(plan, due, ["2024-05-31 child_protection_plan_started", "2025-08-20 management_oversight_recorded"]));
        Assert.Equal(
            ["2024-05-31 due 2025-08-31 Met", "2025-12-10 due 2026-02-28 Open"],
            Duties(plan, due, ["2024-05-31 child_protection_plan_started", "2025-12-10 management_oversight_recorded"]));
        Assert.Equal(["2024-05-31 due 2025-08-31 Met"], Duties(plan, due, ["2024-05-31 child_protection_plan_started", "2026-03-10 management_oversight_recorded"]));
    }

    [Fact]
    public void So_long_before_a_date_never_falls_before_the_day_on_which_the_date_was_given()
    {
        const string report = """ "starts": [{ "event": "review_scheduled" }], "metBy": [{ "event": "looked_after_review_held" }], "restart": "supersede" """;
        const string due = """{ "on": "reviewOn", "before": "3 working days" }""";

        Assert.Equal(["2025-04-01 due 2025-04-16 Open"], Duties(report, due, ["2025-04-01 review_scheduled cycle=looked_after reviewOn=2025-04-23"]));
        Assert.Equal(["2025-04-22 due 2025-04-22 Open"], Duties(report, due, ["2025-04-22 review_scheduled cycle=looked_after reviewOn=2025-04-23"]));
    }

    [Fact]
    public void A_later_event_can_set_another_date()
    {
        const string proceedings = """ "starts": [{ "event": "proceedings_issued" }], "metBy": [{ "event": "proceedings_concluded" }] """;
        const string due =
            """{ "within": "26 weeks", "startIsDayOne": true, "movedBy": { "by": { "event": "direction_made", "where": { "what": "extension" } }, "member": "dueOn" } }""";
        string[] story = ["2024-12-31 proceedings_issued"];

        Assert.Equal(["2024-12-31 due 2025-06-30 Open"], Duties(proceedings, due, story));
        Assert.Equal(["2024-12-31 due 2025-08-25 Open"], Duties(proceedings, due, [.. story, "2025-06-02 direction_made what=extension dueOn=2025-08-25"]));
    }

    [Fact]
    public void Only_the_third_of_its_kind_within_thirty_days_counts()
    {
        const string missing = """ "starts": [{ "event": "went_missing", "times": 3, "inLast": "30 days" }], "metBy": [{ "event": "strategy_discussion_held" }] """;
        const string due = """{ "within": "2 working days" }""";

        Assert.Empty(Duties(missing, due, ["2026-01-05 went_missing", "2026-01-12 went_missing", "2026-02-10 went_missing"]));
        Assert.Equal(["2026-02-02 due 2026-02-04 Open"], Duties(missing, due, ["2026-01-05 went_missing", "2026-01-12 went_missing", "2026-02-02 went_missing"]));
    }

    [Fact]
    public void A_start_can_ask_what_is_so_on_its_day()
    {
        const string allocation = """
            "starts": [{ "event": "referral_received", "when": [{ "says": "Nobody holds the case.", "in": { "from": [{ "event": "case_allocated" }], "until": [{ "event": "case_unallocated" }] }, "not": true }] }],
            "metBy": [{ "event": "case_allocated" }]
            """;
        const string due = """{ "within": "1 working day" }""";

        Assert.Equal(["2026-03-02 due 2026-03-03 Open"], Duties(allocation, due, ["2026-03-02 referral_received"]));
        Assert.Empty(Duties(allocation, due, ["2026-02-02 case_allocated role=social_worker worker=w1", "2026-03-02 referral_received"]));
        Assert.Equal(["2026-03-02 due 2026-03-03 Open"],
            Duties(
                allocation,
                due,
                [
                    "2026-02-02 case_allocated role=social_worker worker=w1",
                    "2026-02-10 case_unallocated role=social_worker worker=w1",
                    "2026-03-02 referral_received",
                ]));
    }

    [Fact]
    public void Once_a_term_ends_with_the_term_after()
    {
        const string plans =
            """ "starts": [{ "event": "personal_education_plan_recorded" }], "metBy": [{ "event": "personal_education_plan_recorded" }], "restart": "keep_first" """;

        Assert.Equal(["2026-02-10 due 2026-07-31 Open"], Duties(plans, """{ "within": "1 school term" }""", ["2026-02-10 personal_education_plan_recorded"]));
        Assert.Equal(["2025-11-10 due 2026-03-31 Open"], Duties(plans, """{ "within": "1 school term" }""", ["2025-11-10 personal_education_plan_recorded"]));
    }

    [Fact]
    public void The_councils_closures_count_for_a_local_standard_that_says_so_and_for_no_other()
    {
        const string check = """ "starts": [{ "event": "assessment_submitted" }], "metBy": [{ "event": "assessment_signed_off" }] """;
        string[] story = ["2026-12-23 assessment_submitted"];

        Assert.Equal(["2026-12-23 due 2026-12-31 Open"], Duties(check, """{ "within": "4 working days" }""", story));
        Assert.Equal(["2026-12-23 due 2027-01-07 Open"], Duties(check, """{ "within": "4 working days", "localClosures": true }""", story));
    }

    [Fact]
    public void Circumstances_of_the_day_on_which_a_duty_begins_to_count_set_its_length_and_not_those_of_its_start()
    {
        const string due = """
            { "within": "1 week", "variants": [{ "name": "After the first review", "within": "4 weeks",
              "when": [{ "says": "The first review has been held.", "has": [{ "event": "looked_after_review_held" }] }] }] }
            """;
        string[] story = ["2026-03-02 visit_recorded seen=true purpose=looked_after", "2026-03-12 looked_after_review_held", "2026-03-16 placement_started withParent=true"];

        Assert.Equal(["2026-03-02 due 2026-03-30 Open"], Duties(Visits(AtHome), due, story));
    }

    [Fact]
    public void What_begins_to_count_keeps_the_edition_of_the_day_on_which_it_started()
    {
        string[] story = ["2009-12-20 visit_recorded seen=true purpose=looked_after", "2010-01-05 placement_started withParent=true"];

        Assert.Empty(Duties(Visits(AtHome), """{ "within": "4 weeks" }""", story));
    }

    [Theory]
    [InlineData("""{ "says": "Nothing is asked." }""", "stands alone")]
    [InlineData("""{ "says": "For how long?", "has": [{ "event": "child_born" }], "lastedFor": "3 months" }""", "goes with latest")]
    [InlineData("""{ "says": "An age.", "ageUnder": 0 }""", "whole number")]
    public void A_circumstance_that_asks_nothing_sensible_is_refused(string circumstance, string why) =>
        Assert.Contains(RuleReader.Read(Rule(Visits(circumstance), """{ "within": "6 weeks" }""")).Problems, p => p.Contains(why, StringComparison.Ordinal));

    private static string Rule(string edition, string due) => $$"""
        {
          "id": "r", "area": "a", "title": "A duty", "duty": "A duty is done.", "kind": "local_standard", "confidence": "local", "owner": "head_of_service", "reviewBy": "2027-01-01",
          "editions": [{
            "name": "one", "inForce": { "from": "2010-01-01" },
            "source": { "instrument": "A standard", "paragraph": "1", "says": "It is done.", "checkedOn": "2026-11-21" },
            {{edition}}, "due": {{due}},
            "alerts": [{ "stage": "overdue", "after": "1 working day", "to": ["team_manager"] }]
          }],
          "examples": [
            { "title": "one", "asAt": "2026-01-01", "events": [{ "type": "child_born", "on": "2026-01-01" }], "expect": [] },
            { "title": "two", "asAt": "2026-01-01", "events": [{ "type": "child_born", "on": "2026-01-01" }], "expect": [] }
          ]
        }
        """;

    private static IReadOnlyList<string> Duties(string edition, string due, string[] story)
    {
        var reading = RuleReader.Read(Rule(edition, due));
        Assert.Empty(reading.Problems);
        var days = new WorkingDays("closed", RuleFiles.Calendar.Holidays, LocalDays.None with
        {
            Closures = new[] { 24, 29, 30, 31 }.ToDictionary(day => new DateOnly(2026, 12, day), _ => "Christmas closure"),
        });
        return
        [
            .. AllDuties.For(History.Of(story.Select(Told)), new RuleBook([reading.Rule!], days))
                .Select(d => $"{d.StartedOn} due {d.Due} {d.Outcome}{(d.Due is null ? $" {d.Because}" : "")}"),
        ];
    }

    // "2026-03-02 visit_recorded seen=true": a date, an event and its members.
    private static Fact Told(string line, int place)
    {
        var words = line.Split(' ');
        var body = new JsonObject { ["child"] = "c1", ["on"] = words[0] };
        foreach (var member in words.Skip(2).Select(w => w.Split('=')))
        {
            body[member[0]] = member[1] is "true" or "false" ? JsonValue.Create(member[1] == "true") : JsonValue.Create(member[1]);
        }

        var read = EventJson.Read(EventCatalogue.Find(words[1])!, body.ToJsonString());
        return new Fact(new Guid(place + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), "/story", $"e{place + 1}", read, read.On.Instant, read.On.Instant);
    }
}
