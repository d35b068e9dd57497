using System.Text.Json;
using System.Text.Json.Nodes;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.Domain.Tests.Events;

public sealed class Reading_events
{
    public static TheoryData<string> Kinds => [.. EventCatalogue.All.Select(k => k.Alias)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_is_read_stored_and_read_again_with_what_nobody_knows_yet(string alias)
    {
        var kind = EventCatalogue.Find(alias)!;
        var body = Samples.Body(kind);
        body["newThing"] = new JsonObject { ["deep"] = new JsonArray(1, "two", null) };
        body["$type"] = "kept";

        var reading = EventReader.Read(kind, body.Element(), null, Samples.Today);

        Assert.Empty(reading.Problems);
        var stored = EventJson.Write(EventJson.Read(kind, EventJson.Write(reading.Event!)));
        Assert.True(JsonNode.DeepEquals(body, JsonNode.Parse(stored)), stored);
    }

    [Fact]
    public void The_child_is_taken_from_the_subject_when_the_data_does_not_say()
    {
        var body = Samples.Visit();
        body.Remove("child");

        var visit = Assert.IsType<VisitRecorded>(Visit(body, subject: "C9").Event);

        Assert.Equal("C9", visit.Child);
    }

    [Fact]
    public void The_date_is_taken_from_the_event_when_the_data_does_not_say()
    {
        var body = Samples.Visit();
        body.Remove("on");
        var time = Happened.AtInstant(new(2026, 9, 8, 9, 30, 0, TimeSpan.FromHours(1)));

        var reading = EventReader.Read(EventCatalogue.Find("visit_recorded")!, body.Element(), time, Samples.Today);

        Assert.Equal(time, reading.Event!.On);
    }

    [Fact]
    public void A_member_that_is_null_was_not_given()
    {
        var body = Samples.Visit();
        body["seenAlone"] = null;
        body["reasonNotAlone"] = null;

        var visit = Assert.IsType<VisitRecorded>(Visit(body).Event);

        Assert.False(visit.SeenAlone);
    }

    [Fact]
    public void A_strategy_discussion_starts_an_enquiry_unless_it_says_otherwise()
    {
        var body = new JsonObject { ["child"] = "C1", ["on"] = "2026-09-07" };
        var reading = EventReader.FromBody("practice.strategy_discussion_held", body.Element(), null, Samples.Today);
        Assert.True(Assert.IsType<StrategyDiscussionHeld>(reading.Event).StartsEnquiry);
    }

    [Fact]
    public void A_date_that_plans_ahead_may_lie_in_the_future()
    {
        var body = new JsonObject { ["child"] = "C1", ["on"] = "2026-09-07", ["cycle"] = "looked_after", ["reviewOn"] = "2027-03-01" };
        var reading = EventReader.FromBody("review_scheduled", body.Element(), null, Samples.Today);
        Assert.Equal(new(2027, 3, 1), Assert.IsType<ReviewScheduled>(reading.Event).ReviewOn);
    }

    [Fact]
    public void What_was_read_outlives_the_document_it_was_read_from()
    {
        var body = Samples.Visit();
        body["extra"] = "kept";
        Reading reading;
        using (var document = JsonDocument.Parse(body.ToJsonString()))
        {
            reading = EventReader.Read(EventCatalogue.Find("visit_recorded")!, document.RootElement, null, Samples.Today);
        }

        Assert.Equal("kept", reading.Event!.Extra!["extra"].GetString());
    }

    [Fact]
    public void The_right_body_of_a_correction_is_read_as_the_kind_it_corrects()
    {
        var reading = EventReader.ReadCorrection(
            EventCatalogue.Find("core_group_held")!, new JsonObject().Element(), new(new(2026, 9, 1)), Samples.Today, "C1");
        Assert.Equal(new CoreGroupHeld { Child = "C1", On = new(new(2026, 9, 1)) }, reading.Event);
    }

    private static Reading Visit(JsonObject body, string? subject = null) =>
        EventReader.Read(EventCatalogue.Find("visit_recorded")!, body.Element(), null, Samples.Today, subject);
}
