using System.Text.Json.Nodes;
using PracticeEvents.Domain.Rules;
using Xunit;

namespace PracticeEvents.Domain.Tests.Rules;

public sealed class RuleReaderTests
{
    [Fact]
    public void A_complete_rule_is_read() => Assert.Empty(Problems(_ => { }));

    [Fact]
    public void A_file_that_is_not_JSON_is_refused_with_the_place() =>
        Assert.Contains("line 1", Assert.Single(RuleReader.Read("{ \"id\": ").Problems), StringComparison.Ordinal);

    [Fact]
    public void An_event_that_does_not_exist_is_refused() =>
        Refused("editions[0].starts[0].event", Problems(r => Edition(r)["starts"]![0]!["event"] = "conference_happened"));

    [Fact]
    public void A_member_that_the_event_does_not_have_is_refused() =>
        Refused("editions[0].starts[0].where.result", Problems(r => Edition(r)["starts"]![0]!["where"] = new JsonObject { ["result"] = "plan" }));

    [Fact]
    public void A_word_that_the_member_does_not_know_is_refused_with_those_it_does()
    {
        var problems = Problems(r => Edition(r)["starts"]![0]!["where"]!["outcome"] = "planned");

        Refused("editions[0].starts[0].where.outcome", problems);
        Assert.Contains("plan, no_plan", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_a_rule_cannot_have_is_refused() => Refused("colour", Problems(r => r["colour"] = "red"));

    [Fact]
    public void A_misspelt_member_of_an_edition_is_refused() => Refused("editions[0].repeat", Problems(r => Edition(r)["repeat"] = true));

    [Fact]
    public void A_role_that_nobody_has_is_refused() =>
        Refused("editions[0].alerts[0].to", Problems(r => Edition(r)["alerts"]![0]!["to"] = new JsonArray("headteacher")));

    [Fact]
    public void A_rule_without_a_source_is_refused() => Refused("editions[0].source", Problems(r => Edition(r).Remove("source")));

    [Fact]
    public void A_source_that_does_not_say_when_it_was_checked_is_refused() =>
        Refused("editions[0].source.checkedOn", Problems(r => Edition(r)["source"]!.AsObject().Remove("checkedOn")));

    [Fact]
    public void A_duty_that_nothing_meets_is_refused() => Refused("editions[0].metBy", Problems(r => Edition(r).Remove("metBy")));

    [Fact]
    public void A_duty_that_nobody_is_told_of_is_refused() => Refused("editions[0].alerts", Problems(r => Edition(r).Remove("alerts")));

    [Fact]
    public void A_stop_without_a_reason_is_refused() =>
        Refused("editions[0].stops[0].because", Problems(r => Edition(r)["stops"]![0]!.AsObject().Remove("because")));

    [Fact]
    public void A_duty_that_becomes_a_notice_is_refused_because_it_could_be_read_away() => Refused("editions", Problems(r =>
    {
        var newer = Edition(r).DeepClone().AsObject();
        newer["name"] = "newer";
        newer["inForce"] = new JsonObject { ["from"] = "2026-01-01" };
        newer["notice"] = new JsonObject { ["newsFor"] = "10 working days" };
        Edition(r)["inForce"]!["to"] = "2025-12-31";
        r["editions"]!.AsArray().Add(newer);
    }));

    [Fact]
    public void Editions_in_force_on_the_same_day_are_refused() => Refused("editions", Problems(r =>
    {
        var newer = Edition(r).DeepClone();
        newer["inForce"] = new JsonObject { ["from"] = "2025-01-01" };
        r["editions"]!.AsArray().Add(newer);
    }));

    [Fact]
    public void A_rule_with_a_single_example_is_refused() => Refused("examples", Problems(r => r["examples"]!.AsArray().RemoveAt(1)));

    [Fact]
    public void A_length_in_an_unknown_unit_is_refused() => Refused("editions[0].due.within", Problems(r => Edition(r)["due"]!["within"] = "10 school days"));

    [Fact]
    public void A_date_that_does_not_exist_is_refused() => Refused("reviewBy", Problems(r => r["reviewBy"] = "2027-02-30"));

    [Fact]
    public void A_mid_point_that_does_not_say_which_cycle_it_halves_is_refused() => Refused("editions[0].cycle", Problems(r =>
    {
        Edition(r).Remove("starts");
        Edition(r)["follows"] = new JsonArray("cp-review-first-3m");
        Edition(r)["due"] = new JsonObject { ["midPoint"] = true };
    }));

    [Fact]
    public void A_date_member_that_the_starting_event_does_not_carry_is_refused() =>
        Refused("editions[0].due", Problems(r => Edition(r)["due"] = new JsonObject { ["on"] = "dueOn" }));

    [Fact]
    public void An_event_of_an_example_that_does_not_exist_is_refused() =>
        Refused("examples[0].events[0].type", Problems(r => r["examples"]![0]!["events"]![0]!["type"] = "conference_happened"));

    private static void Refused(string member, IReadOnlyList<string> problems) =>
        Assert.Contains(problems, p => p.StartsWith(member + ":", StringComparison.Ordinal));

    private static JsonObject Edition(JsonObject rule) => rule["editions"]![0]!.AsObject();

    private static IReadOnlyList<string> Problems(Action<JsonObject> change)
    {
        var rule = JsonNode.Parse(SampleRule.Json)!.AsObject();
        change(rule);
        return RuleReader.Read(rule.ToJsonString()).Problems;
    }
}
