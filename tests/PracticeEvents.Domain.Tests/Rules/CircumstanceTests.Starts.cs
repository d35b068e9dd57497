using PracticeEvents.Domain.Rules;
using Xunit;

namespace PracticeEvents.Domain.Tests.Rules;

/// <summary>What starts a duty, and what takes its place, on a day of which more is known than its date.</summary>
public sealed partial class CircumstanceTests
{
    private const string OrderAtHome = """
        "starts": [{ "event": "visit_recorded" }], "metBy": [{ "event": "visit_recorded" }], "repeats": true, "restart": "keep_first",
        "stops": [{
          "event": "legal_status_changed", "where": { "legalStatus": "care_order" }, "supersedes": true, "because": "A care order was made at home.",
          "when": [{ "says": "The child lives with a parent.", "latest": [{ "event": "placement_started", "where": { "withParent": true } }] }]
        }]
        """;

    [Fact]
    public void A_stop_that_takes_a_dutys_place_can_ask_what_is_so_on_its_day()
    {
        string[] story = ["2026-03-02 visit_recorded seen=true purpose=looked_after", "2026-03-05 legal_status_changed legalStatus=care_order"];

        Assert.Equal(["2026-03-02 due 2026-04-13 Open"], Duties(OrderAtHome, """{ "within": "6 weeks" }""", story));
        Assert.Equal(["2026-03-02 due 2026-04-13 Superseded"], Duties(OrderAtHome, """{ "within": "6 weeks" }""", ["2026-02-02 placement_started withParent=true", .. story]));
    }

    [Fact]
    public void A_stop_that_takes_no_dutys_place_cannot_ask() =>
        Assert.Contains(RuleReader.Read(Rule(OrderAtHome.Replace("\"supersedes\": true, ", "", StringComparison.Ordinal), """{ "within": "6 weeks" }""")).Problems,
            p => p.Contains("stop that supersedes", StringComparison.Ordinal));

    [Fact]
    public void What_is_known_to_have_come_before_its_place_was_taken_on_that_day_starts_nothing()
    {
        const string visit = "2026-03-02T10:00:00+00:00 visit_recorded seen=true purpose=looked_after";
        const string visits = """
            "starts": [{ "event": "visit_recorded" }], "metBy": [{ "event": "visit_recorded" }], "repeats": true, "restart": "keep_first",
            "stops": [{ "event": "placement_started", "supersedes": true, "because": "A new placement started." }]
            """;

        Assert.Empty(Duties(visits, """{ "within": "6 weeks" }""", [visit, "2026-03-02T14:00:00+00:00 placement_started"]));
        Assert.Single(Duties(visits, """{ "within": "6 weeks" }""", [visit, "2026-03-02T09:00:00+00:00 placement_started"]));
        Assert.Single(Duties(visits, """{ "within": "6 weeks" }""", [visit, "2026-03-02 placement_started"]));
    }

    [Fact]
    public void A_period_that_is_known_to_have_closed_earlier_that_day_starts_nothing_and_goes_on_with_nothing()
    {
        const string visits = """
            "starts": [{ "event": "visit_recorded" }], "metBy": [{ "event": "visit_recorded" }], "repeats": true, "restart": "keep_first",
            "during": { "from": [{ "event": "became_looked_after" }], "until": [{ "event": "ceased_to_be_looked_after" }] },
            "stops": [{ "event": "ceased_to_be_looked_after", "because": "No longer looked after." }]
            """;
        string[] last = ["2026-03-02T10:00:00+00:00 ceased_to_be_looked_after", "2026-03-02T14:00:00+00:00 visit_recorded seen=true purpose=looked_after"];

        Assert.Empty(Duties(visits, """{ "within": "6 weeks" }""", ["2026-02-02 became_looked_after", .. last]));
        Assert.DoesNotContain(
            Duties(
                visits,
                """{ "within": "6 weeks" }""",
                ["2026-02-02 became_looked_after", "2026-02-09 visit_recorded seen=true purpose=looked_after", .. last]),
            d => d.Contains("Open", StringComparison.Ordinal));
    }

    [Fact]
    public void A_start_that_several_describe_counts_as_the_first_of_them_that_holds()
    {
        const string plans = """
            "starts": [
              { "event": "placement_started", "nth": "first", "when": [{ "says": "There is no plan.", "has": [{ "event": "placement_plan_recorded" }], "not": true }] },
              { "event": "placement_started", "nth": "later" }
            ],
            "metBy": [{ "event": "placement_plan_recorded" }], "restart": "supersede"
            """;

        Assert.Equal(["2026-03-09 due 2026-03-16 Open"],
            Duties(plans, """{ "within": "5 working days" }""", ["2026-02-27 placement_plan_recorded", "2026-03-02 placement_started", "2026-03-09 placement_started"]));
    }
}
