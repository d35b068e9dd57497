using System.Text.Json;
using PracticeEvents.App.Inputs;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Inputs;

public sealed class DfeCscTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private readonly KnownFacts known = new();

    [Fact]
    public void A_full_child_becomes_one_event_for_each_dated_fact()
    {
        var read = Post("""
            {"la_child_id":"C1","child_details":{"first_name":"Not","surname":"Kept","date_of_birth":"2016-05-04","postcode":"AB1 2CD","unique_pupil_number":"A123456789012"},
             "health_and_wellbeing":{"sdq_assessments":[{"date":"2026-03-01","score":12}]},
             "social_care_episodes":[{"social_care_episode_id":"E1","referral_date":"2026-01-05","referral_source":"1C","closure_date":"2026-09-30","closure_reason":"RC1",
              "care_worker_details":[{"worker_id":"SW1","start_date":"2026-01-06","end_date":"2026-02-06"}],
              "child_and_family_assessments":[{"child_and_family_assessment_id":"A1","start_date":"2026-01-06","authorisation_date":"2026-02-20"}],
              "child_in_need_plans":[{"child_in_need_plan_id":"N1","start_date":"2026-02-21","end_date":"2026-03-01"}],
              "section_47_assessments":[{"section_47_assessment_id":"S1","start_date":"2026-03-02","icpc_required_flag":true,"icpc_date":"2026-03-20","end_date":"2026-03-18"}],
              "child_protection_plans":[{"child_protection_plan_id":"P1","start_date":"2026-03-20","end_date":"2026-08-01"}],
              "child_looked_after_placements":[{"child_looked_after_placement_id":"L1","start_date":"2026-04-01","start_reason":"S","placement_type":"U4","end_date":"2026-07-01","end_reason":"E3"}],
              "care_leavers":{"contact_date":"2026-09-01"}}]}
            """);

        Assert.Empty(read.Problems);
        Assert.Equal(
            [
                "ChildRegistered 2026-01-05", "SdqRecorded 2026-03-01", "ReferralReceived 2026-01-05", "CaseAllocated 2026-01-06", "CaseUnallocated 2026-02-06",
                "AssessmentStarted 2026-01-06", "AssessmentSignedOff 2026-02-20", "ChildInNeedPlanStarted 2026-02-21", "ChildInNeedPlanEnded 2026-03-01",
                "ChildProtectionPlanStarted 2026-03-20", "ChildProtectionPlanEnded 2026-08-01", "StrategyDiscussionHeld 2026-03-02", "Section47Concluded 2026-03-18",
                "InitialConferenceHeld 2026-03-20", "PlacementStarted 2026-04-01", "BecameLookedAfter 2026-04-01", "PlacementEnded 2026-07-01",
                "CeasedToBeLookedAfter 2026-07-01", "CareLeaverContactMade 2026-09-01", "CaseClosed 2026-09-30",
            ],
            Told(read));
        Assert.Equal(ConferenceOutcome.Plan, read.Events.Select(e => e.Event).OfType<InitialConferenceHeld>().Single().Outcome);
        Assert.True(read.Events.Select(e => e.Event).OfType<PlacementStarted>().Single().LongTerm);
        Assert.All(read.Events, e => Assert.Equal("/dfe-csc/201", e.Source));
    }

    [Fact]
    public void Names_postcodes_and_pupil_numbers_go_into_no_event()
    {
        var read = Post("""{"la_child_id":"C1","child_details":{"first_name":"Xavi","surname":"Quill","date_of_birth":"2016-05-04","postcode":"AB1 2CD","unique_pupil_number":"A123456789012"}}""");

        var written = string.Join('\n', read.Events.Select(e => e.Id + EventJson.Write(e.Event)));
        Assert.All(["Xavi", "Quill", "AB1", "A123456789012"], secret => Assert.DoesNotContain(secret, written, StringComparison.Ordinal));
        Assert.Equal(new ChildLabel("C1", "Xavi Quill"), read.Label);
    }

    [Fact]
    public void The_same_payload_again_adds_nothing()
    {
        const string Payload = """{"la_child_id":"C1","child_details":{"date_of_birth":"2016-05-04"},"social_care_episodes":[{"social_care_episode_id":"E1","referral_date":"2026-01-05","section_47_assessments":[{"section_47_assessment_id":"S1","start_date":"2026-03-02","icpc_required_flag":false}]}]}""";
        var first = Post(Payload);
        var again = Post(Payload, Now.AddDays(1));

        Assert.Empty(again.Events);
        Assert.Equal(first.Events.Count, again.Unchanged);
    }

    [Fact]
    public void Absent_is_unchanged_and_null_is_not_given()
    {
        Post(Episode("\"referral_date\":\"2026-01-05\",\"referral_source\":\"1C\""));

        Assert.Empty(Post(Episode("\"referral_date\":\"2026-01-05\"")).Events);
        Assert.Empty(Post(Episode("\"referral_date\":null,\"referral_source\":null,\"purge\":null,\"section_47_assessments\":null")).Events);
    }

    [Fact]
    public void A_changed_date_is_a_correction_and_both_are_kept()
    {
        Post(Episode("\"referral_date\":\"2026-01-05\",\"referral_source\":\"1C\""));
        var first = Assert.Single(Post(Episode("\"referral_date\":\"2026-01-06\"")).Events);
        var second = Assert.Single(Post(Episode("\"referral_date\":\"2026-01-07\"")).Events);

        var corrected = Assert.IsType<Corrected>(first.Event);
        Assert.Equal("201/C1/episode/E1/referral_date", corrected.Event);
        Assert.Equal("2026-01-06", corrected.Data.GetProperty("on").GetString());
        Assert.Equal("1C", corrected.Data.GetProperty("referrerType").GetString());
        Assert.Equal("201/C1/episode/E1/referral_date/c1", first.Id);
        Assert.Equal("201/C1/episode/E1/referral_date/c2", second.Id);
        Assert.Empty(Post(Episode("\"referral_date\":\"2026-01-07\"")).Events);
    }

    [Fact]
    public void A_partial_delta_dates_its_fact_by_what_is_known()
    {
        Post(Episode("\"referral_date\":\"2026-01-05\""));

        Assert.Equal(["ReferralDecided 2026-01-05"], Told(Post(Episode("\"referral_no_further_action_flag\":true"))));
        Assert.Equal(["RecordedInError 2026-01-05"], Told(Post(Episode("\"referral_no_further_action_flag\":false"))));
        Assert.Empty(Post(Episode("\"referral_no_further_action_flag\":false")).Events);
    }

    [Theory]
    [InlineData("""{"la_child_id":"C1","purge":true}""", 4)]
    [InlineData("""{"la_child_id":"C1","child_details":{"purge":true}}""", 1)]
    [InlineData("""{"la_child_id":"C1","social_care_episodes":[{"social_care_episode_id":"E1","purge":true}]}""", 3)]
    [InlineData("""{"la_child_id":"C1","social_care_episodes":[{"social_care_episode_id":"E1","child_in_need_plans":[{"child_in_need_plan_id":"N1","purge":true}]}]}""", 2)]
    [InlineData("""{"la_child_id":"C1","social_care_episodes":[{"social_care_episode_id":"OTHER","purge":true}]}""", 0)]
    public void Purge_takes_back_the_facts_that_came_from_the_item_and_no_others(string purge, int facts)
    {
        const string Full = """{"la_child_id":"C1","child_details":{"date_of_birth":"2016-05-04"},"social_care_episodes":[{"social_care_episode_id":"E1","referral_date":"2026-01-05","child_in_need_plans":[{"child_in_need_plan_id":"N1","start_date":"2026-01-10","end_date":"2026-02-10"}]}]}""";
        Post(Full);

        var purged = Post(purge);
        Assert.Equal(facts, purged.Events.Count);
        Assert.All(purged.Events, e => Assert.IsType<RecordedInError>(e.Event));
        Assert.Empty(Post(purge).Events);
        Assert.Equal(facts, Post(Full).Events.Count);
        Assert.Empty(Post(Full).Events);
        Assert.Equal(facts, Post(purge).Events.Count);
    }

    [Fact]
    public void A_purged_child_loses_the_label() => Assert.Equal(new ChildLabel("C1", null), Post("""{"la_child_id":"C1","purge":true}""").Label);

    [Fact]
    public void A_plan_that_arrives_later_corrects_the_outcome_of_its_conference()
    {
        var conference = Post(Episode("\"section_47_assessments\":[{\"section_47_assessment_id\":\"S1\",\"start_date\":\"2026-03-02\",\"icpc_date\":\"2026-03-20\"}]"));
        Assert.Equal(ConferenceOutcome.NoPlan, conference.Events.Select(e => e.Event).OfType<InitialConferenceHeld>().Single().Outcome);

        const string Plan = "\"child_protection_plans\":[{\"child_protection_plan_id\":\"P1\",\"start_date\":\"2026-03-20\"}]";
        var later = Post(Episode(Plan));
        Assert.Equal("plan", later.Events.Select(e => e.Event).OfType<Corrected>().Single().Data.GetProperty("outcome").GetString());
        Assert.Empty(Post(Episode(Plan)).Events);

        var purged = Post(Episode("\"child_protection_plans\":[{\"child_protection_plan_id\":\"P1\",\"purge\":true}]"));
        Assert.Equal("no_plan", purged.Events.Select(e => e.Event).OfType<Corrected>().Single().Data.GetProperty("outcome").GetString());
    }

    [Fact]
    public void An_enquiry_without_conference_is_concluded_and_gets_its_date_when_it_is_told()
    {
        static string Enquiry(string more) => Episode("\"section_47_assessments\":[{\"section_47_assessment_id\":\"S1\"," + more + "}]");

        Assert.Equal(["StrategyDiscussionHeld 2026-03-02", "Section47Concluded 2026-03-02"], Told(Post(Enquiry("\"start_date\":\"2026-03-02\",\"icpc_required_flag\":false"))));
        Assert.Equal(["Corrected 2026-03-12"], Told(Post(Enquiry("\"end_date\":\"2026-03-12\""))));
        Assert.Empty(Post(Enquiry("\"icpc_required_flag\":false")).Events);
        Assert.Equal(["RecordedInError 2026-03-12"], Told(Post(Enquiry("\"icpc_required_flag\":true"))));
    }

    [Fact]
    public void A_placement_whose_end_reason_turns_out_to_be_another_placement_was_no_end_of_care()
    {
        static string Placement(string more) => Episode("\"child_looked_after_placements\":[{\"child_looked_after_placement_id\":\"L1\"," + more + "}]");

        Post(Placement("\"start_date\":\"2026-04-01\",\"start_reason\":\"S\",\"placement_type\":\"P1\",\"end_date\":\"2026-05-01\",\"end_reason\":\"E3\""));
        Assert.Equal(["RecordedInError 2026-05-01"], Told(Post(Placement("\"end_reason\":\"X1\""))));
        Assert.Equal(["Corrected 2026-04-02", "Corrected 2026-04-02"], Told(Post(Placement("\"start_date\":\"2026-04-02\""))));
        Assert.True(known.All.Select(f => f.Event).OfType<PlacementStarted>().Single().WithParent);
    }

    [Fact]
    public void An_unborn_child_is_registered_by_the_expected_date_and_born_later()
    {
        Assert.Equal(["ChildRegistered 2026-11-20"], Told(Post("""{"la_child_id":"C1","child_details":{"sex":"U","expected_date_of_birth":"2027-03-01"}}""")));
        var born = Post("""{"la_child_id":"C1","child_details":{"sex":"F","date_of_birth":"2026-11-19"}}""");

        Assert.Equal(["Corrected 2026-11-20", "ChildBorn 2026-11-19"], Told(born));
        Assert.Equal("2026-11-19", born.Events.Select(e => e.Event).OfType<Corrected>().Single().Data.GetProperty("dateOfBirth").GetString());
        Assert.Empty(Post("""{"la_child_id":"C1","child_details":{"date_of_birth":"2026-11-19"}}""").Events);
    }

    [Theory]
    [InlineData("1066-10-14", "is before 1900")]
    [InlineData("2026-11-22", "is after 21 November 2026")]
    public void A_date_that_cannot_have_happened_is_refused_and_the_rest_is_taken(string date, string why)
    {
        var read = Post(Episode($"\"referral_date\":\"2026-01-05\",\"closure_date\":\"{date}\""));

        var problem = Assert.Single(read.Problems);
        Assert.Equal("/social_care_episodes/0/closure_date", problem.Pointer);
        Assert.Contains(why, problem.Why, StringComparison.Ordinal);
        Assert.Equal(["ReferralReceived 2026-01-05"], Told(read));
    }

    [Fact]
    public void What_a_person_corrected_is_not_undone_by_the_nightly_repeat()
    {
        var payload = Episode("\"referral_date\":\"2026-01-05\"");
        var wrong = Assert.Single(Post(payload).Events);
        known.Take([new Incoming("/ui", "ui-1", new RecordedInError { Child = "C1", On = wrong.Event.On, Event = wrong.Id, Source = wrong.Source })], Now);

        Assert.Empty(Post(payload).Events);
    }

    [Fact]
    public void The_published_sample_batches_hold_832_children_and_a_second_post_adds_nothing()
    {
        var children = 0;
        foreach (var batch in Enumerable.Range(1, 4).Select(n => $"fakeCIN_batch00{n}").Concat(Enumerable.Range(1, 5).Select(n => $"seed42_batch00{n}")))
        {
            if (OutsideData.Find($"dfe-csc-api/derived_{batch}.json") is not { } path)
            {
                return;
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (var child in document.RootElement.EnumerateArray())
            {
                children++;
                Assert.Empty(DfeCscSchema.Check(child));
                var before = new KnownFacts();
                var first = DfeCsc.Read("201", child, before.All, Now);
                before.Take(first.Events, Now);
                Assert.All(first.Problems, p => Assert.Contains("is after", p.Why, StringComparison.Ordinal));
                Assert.Empty(DfeCsc.Read("201", child, before.All, Now.AddDays(1)).Events);
            }
        }

        Assert.Equal(832, children);
    }

    [Fact]
    public void The_published_example_fits_the_schema()
    {
        if (OutsideData.Find("dfe-csc-api/dfe_published_example.json") is { } path)
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            Assert.Empty(DfeCscSchema.Check(document.RootElement[0]));
        }
    }

    private static string Episode(string members) => "{\"la_child_id\":\"C1\",\"social_care_episodes\":[{\"social_care_episode_id\":\"E1\"," + members + "}]}";

    private static string[] Told(DfeChild read) => [.. read.Events.Select(e => $"{e.Event.GetType().Name} {e.Event.On}")];

    private DfeChild Post(string child, DateTimeOffset? at = null)
    {
        using var document = JsonDocument.Parse(child);
        Assert.Empty(DfeCscSchema.Check(document.RootElement));
        var read = DfeCsc.Read("201", document.RootElement, known.All, at ?? Now);
        known.Take(read.Events, at ?? Now);
        return read;
    }
}
