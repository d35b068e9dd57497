using System.Text.Json;
using System.Text.Json.Nodes;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.Domain.Tests.Events;

public sealed class Refusing_events
{
    private const string ACode = "a reference or code of 1 to 64 letters, digits, dots, dashes or underscores, never free text";
    private const string AMoment = "a date such as 2026-09-07, or a date and time with offset such as 2026-09-07T14:30:00+01:00";
    private const string Purposes = "child_protection, child_in_need, looked_after, assessment, private_fostering, adoption, personal_adviser, iro, custody";

    [Theory]
    [InlineData("seen", "null", "seen is missing: give true or false.")]
    [InlineData("seen", "\"yes\"", "seen must be true or false.")]
    [InlineData("seenAlone", "1", "seenAlone must be true or false.")]
    [InlineData("child", "null", "child is missing: give " + ACode + ".")]
    [InlineData("child", "\"Jo Smith\"", "child must be " + ACode + ".")]
    [InlineData("by", "\"\"", "by must be " + ACode + ".")]
    [InlineData("ref", "17", "ref must be " + ACode + ".")]
    [InlineData("reasonNotAlone", "\"Mum said no\"", "reasonNotAlone must be " + ACode + ".")]
    [InlineData("reasonNotAlone", "\"a\\u0000b\"", "reasonNotAlone must be " + ACode + ".")]
    [InlineData("reasonNotAlone", "\"\\ud800\"", "reasonNotAlone must be " + ACode + ".")]
    [InlineData(
        "purpose", "\"child_protecton\"",
        "purpose is 'child_protecton', which is not a word it can hold. Did you mean 'child_protection'? Allowed: " + Purposes + ".")]
    [InlineData("purpose", "\"Went to see Jo\"", "purpose is something else, which is not a word it can hold. Allowed: " + Purposes + ".")]
    [InlineData("on", "\"2026-02-30\"", "on must be " + AMoment + ": 2026-02-30 is not a real date.")]
    [InlineData("on", "\"07/09/2026\"", "on must be " + AMoment + ".")]
    [InlineData("on", "\"2026-09-07T14:30:00\"", "on must be " + AMoment + ".")]
    [InlineData("on", "null", "on is missing: give " + AMoment + ".")]
    [InlineData("on", "\"1066-10-14\"", "on is 1066-10-14; dates before 1900 are not believed.")]
    [InlineData("on", "\"0001-01-01T00:00:00Z\"", "on is 0001-01-01; dates before 1900 are not believed.")]
    [InlineData("on", "\"2200-01-01\"", "on is 2200-01-01, which has not happened yet: today is 2026-09-10.")]
    [InlineData("on", "\"2026-09-12\"", "on is 2026-09-12, which has not happened yet: today is 2026-09-10.")]
    [InlineData("extra", "\"\\u0000\"", "extra holds a character that cannot be kept.")]
    [InlineData("extra", "[\"\\udc00\"]", "extra holds a character that cannot be kept.")]
    [InlineData("extra", "{\"a\":1,\"a\":2}", "extra has a member that is given twice.")]
    [InlineData("extra", "1e999999", "extra holds a number that is too long or too large.")]
    [InlineData("extra", "[[[[[[[[1]]]]]]]]", "extra lies deeper than 8 levels.")]
    public void A_visit_with_something_wrong_is_refused_in_words(string member, string json, string why)
    {
        var others = Samples.Visit();
        others.Remove(member);
        var body = $"{others.ToJsonString()[..^1]},\"{member}\":{json}}}";

        var problem = Assert.Single(Read("visit_recorded", body).Problems);

        Assert.Equal(new Problem(member, why), problem);
    }

    [Fact]
    public void A_date_taken_from_the_event_must_be_believable_too() => Assert.Equal(
        "on is 2200-01-01, which has not happened yet: today is 2026-09-10.",
        Assert.Single(EventReader.FromBody(
            "core_group_held", JsonDocument.Parse("{}").RootElement, new(new(2200, 1, 1)), Samples.Today, "C1").Problems).Why);

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once() => Assert.Equal(
        ["child", "on", "purpose", "seen", "seenAlone"],
        Read("visit_recorded", """{"child":"a b","on":"x","purpose":"y","seenAlone":3}""").Problems.Select(p => p.Member!).Order());

    [Theory]
    [InlineData("visit_recrded", "There is no event type 'visit_recrded'. Did you mean 'visit_recorded'?")]
    [InlineData("zzz", "There is no event type 'zzz'.")]
    [InlineData("Jo's visit", "There is no event type of that name.")]
    [InlineData("alert_settled", "Only this service appends 'alert_settled'; it cannot be sent in.")]
    public void An_event_type_that_cannot_be_sent_in_is_refused(string alias, string why) =>
        Assert.Equal([new Problem(null, why)], EventReader.FromBody(alias, default, null, Samples.Today).Problems);

    [Fact]
    public void A_child_other_than_the_subject_is_refused() => Assert.Equal(
        "child is 'C1' but the event's subject is 'C2': they must be the same child.",
        Assert.Single(Read("core_group_held", """{"child":"C1","on":"2026-09-07"}""", "C2").Problems).Why);

    [Fact]
    public void The_subject_stands_for_the_child_only_of_an_event_about_a_child() => Assert.Contains(
        EventReader.Read(EventCatalogue.Kind<AlertRaised>(), JsonDocument.Parse("""{"child":null,"on":"2026-09-07"}""").RootElement, null, Samples.Today, "C1").Problems,
        p => p.Member == "child");

    [Theory]
    [InlineData("""{"child":"C1","on":"2026-09-07"}""", "dateOfBirth or expectedDateOfBirth must be given, and not both.")]
    [InlineData(
        """{"child":"C1","on":"2026-09-07","dateOfBirth":"2020-01-01","expectedDateOfBirth":"2026-12-01"}""",
        "dateOfBirth or expectedDateOfBirth must be given, and not both.")]
    [InlineData(
        """{"child":"C1","on":"2026-09-07","expectedDateOfBirth":"2027-09-11"}""",
        "expectedDateOfBirth is 2027-09-11, more than 1 year ahead of today, 2026-09-10.")]
    public void A_child_is_registered_with_one_date_of_birth_that_can_be_believed(string body, string why) =>
        Assert.Equal(why, Assert.Single(Read("child_registered", body).Problems).Why);

    [Theory]
    [InlineData(
        "absence_recorded", """{"worker":"W1","on":"2026-09-07","from":"2026-09-09","to":"2026-09-08"}""",
        "to must not be before from.")]
    [InlineData("worker_registered", """{"worker":"W1","on":"2026-09-07","roles":[]}""", "roles must list 1 to 200 items.")]
    [InlineData(
        "direction_made", """{"child":"C1","on":"2026-09-07","dueOn":"2066-01-01","what":"x"}""",
        "dueOn is 2066-01-01, more than 30 years ahead of today, 2026-09-10.")]
    [InlineData(
        "direction_made", """{"child":"C1","on":"2026-09-07","dueOn":"2026-10-01T10:00:00Z","what":"x"}""",
        "dueOn must be a date such as 2026-09-07.")]
    [InlineData(
        "risk_level_set", """{"child":"C1","on":"2026-09-07","visitEveryWorkingDays":0}""",
        "visitEveryWorkingDays must be a whole number from 1 to 366.")]
    [InlineData("corrected", """{"child":"C1","on":"2026-09-07","event":"e 1","data":[]}""", "data must be a JSON object.")]
    [InlineData("core_group_held", """{"child":"C1","child":"C1","on":"2026-09-07"}""", "child is given twice.")]
    [InlineData("core_group_held", "[]", "The event's data must be a JSON object.")]
    public void Other_events_are_refused_in_words_too(string alias, string body, string why) =>
        Assert.Equal(why, Assert.Single(Read(alias, body).Problems).Why);

    [Fact]
    public void An_identifier_longer_than_200_characters_is_refused() => Assert.Equal(
        "event must be text of 1 to 200 characters without control characters.",
        Assert.Single(Read("recorded_in_error", $$"""{"child":"C1","on":"2026-09-07","event":"{{new string('x', 201)}}"}""").Problems).Why);

    [Fact]
    public void More_than_50_members_are_refused()
    {
        var body = new JsonObject(Enumerable.Range(1, 49).Select(i => KeyValuePair.Create($"m{i}", (JsonNode?)i))) { ["child"] = "C1", ["on"] = "2026-09-07" };
        Assert.Equal("The event's data has 51 members; at most 50 are kept.", Assert.Single(Read("core_group_held", body.ToJsonString()).Problems).Why);
    }

    [Fact]
    public void More_than_64_KiB_are_refused() => Assert.Equal(
        "The event's data is larger than 64 KiB.",
        Assert.Single(Read("core_group_held", $$"""{"child":"C1","on":"2026-09-07","x":"{{new string('x', 65536)}}"}""").Problems).Why);

    [Fact]
    public void What_is_wrong_in_a_correction_is_named_by_its_place()
    {
        var data = JsonDocument.Parse("""{"on":"2026-09-07","purpose":"iro","seen":1}""").RootElement;
        var reading = EventReader.ReadCorrection(EventCatalogue.Find("visit_recorded")!, data, null, Samples.Today, "C1");
        Assert.Equal([new Problem("data.seen", "data.seen must be true or false.")], reading.Problems);
    }

    private static Reading Read(string alias, string body, string? subject = null) =>
        EventReader.FromBody(alias, JsonDocument.Parse(body).RootElement, null, Samples.Today, subject);
}
