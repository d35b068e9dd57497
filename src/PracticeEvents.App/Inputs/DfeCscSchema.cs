using System.Text.Json;

namespace PracticeEvents.App.Inputs;

/// <summary>The child object of the DfE children's social care data API, version 1.0.1, as its published OpenAPI document describes it.</summary>
internal static class DfeCscSchema
{
    /// <summary>Most children in one request.</summary>
    public const int MostChildren = 100;

    private const string IdPattern = @"^[A-Za-z0-9_-]*\z";

    private static readonly JsonShape Date = new JsonShape.Date();
    private static readonly JsonShape Flag = new JsonShape.Flag();
    private static readonly JsonShape Id = new JsonShape.Text(36, Pattern: IdPattern);

    private static readonly JsonShape Details = Closed(
        ("unique_pupil_number", new JsonShape.Text(13, 13)), ("former_unique_pupil_number", new JsonShape.Text(13, 13)),
        ("unique_pupil_number_unknown_reason", Text(4)), ("first_name", new JsonShape.Text()), ("surname", new JsonShape.Text()),
        ("date_of_birth", Date), ("expected_date_of_birth", Date), ("sex", new JsonShape.Text(1, 0, null, "M", "F", "U")), ("ethnicity", Text(4)),
        ("disabilities", new JsonShape.List(Text(4), 12, Unique: true)), ("postcode", Text(8)),
        ("uasc_flag", Flag), ("uasc_end_date", Date), ("purge", Flag));

    private static readonly JsonShape Health = Closed(
        ("sdq_assessments", new JsonShape.List(Closed(("date", Date), ("score", new JsonShape.Whole())))), ("purge", Flag));

    private static readonly JsonShape Worker = Closed(
        ("worker_id", new JsonShape.Text(12, Pattern: IdPattern)), ("start_date", Date), ("end_date", Date));

    private static readonly JsonShape Assessment = Item(
        "child_and_family_assessment_id",
        ("start_date", Date), ("authorisation_date", Date), ("factors", new JsonShape.List(Text(3), 41, Unique: true)));

    private static readonly JsonShape Section47 = Item(
        "section_47_assessment_id", ("start_date", Date), ("icpc_required_flag", Flag), ("icpc_date", Date), ("end_date", Date));

    private static readonly JsonShape Placement = Item(
        "child_looked_after_placement_id",
        ("start_date", Date), ("start_reason", Text(1)), ("placement_type", Text(3)), ("postcode", Text(8)),
        ("end_date", Date), ("end_reason", Text(3)), ("change_reason", Text(6)));

    private static readonly JsonShape Episode = Item(
        "social_care_episode_id",
        ("referral_date", Date), ("referral_source", Text(2)), ("referral_no_further_action_flag", Flag), ("closure_date", Date), ("closure_reason", Text(3)),
        ("care_worker_details", new JsonShape.List(Worker)), ("child_and_family_assessments", new JsonShape.List(Assessment)),
        ("child_in_need_plans", new JsonShape.List(Item("child_in_need_plan_id", ("start_date", Date), ("end_date", Date)))),
        ("section_47_assessments", new JsonShape.List(Section47)),
        ("child_protection_plans", new JsonShape.List(Item("child_protection_plan_id", ("start_date", Date), ("end_date", Date)))),
        ("child_looked_after_placements", new JsonShape.List(Placement)),
        ("adoption", Closed(("initial_decision_date", Date), ("matched_date", Date), ("placed_date", Date), ("purge", Flag))),
        ("care_leavers", Closed(("contact_date", Date), ("activity", Text(2)), ("accommodation", Text(1)), ("purge", Flag))));

    private static readonly JsonShape Child = new JsonShape.Closed(
        new Dictionary<string, JsonShape>(StringComparer.Ordinal)
        {
            ["la_child_id"] = new JsonShape.Text(20, Pattern: @"^[A-Za-z0-9]+\z"),
            ["mis_child_id"] = Id,
            ["purge"] = Flag,
            ["child_details"] = Details,
            ["health_and_wellbeing"] = Health,
            ["social_care_episodes"] = new JsonShape.List(Episode),
        },
        "la_child_id");

    /// <summary>Everything in which a child object departs from the schema; a null member is taken as not given.</summary>
    public static IReadOnlyList<ShapeFault> Check(JsonElement child) => [.. Child.Check(child)];

    private static JsonShape.Text Text(int max) => new(max);

    private static JsonShape.Closed Closed(params (string Name, JsonShape Shape)[] members) =>
        new(members.ToDictionary(m => m.Name, m => m.Shape, StringComparer.Ordinal));

    private static JsonShape.Closed Item(string id, params (string Name, JsonShape Shape)[] members) =>
        new(Closed([(id, Id), .. members, ("purge", Flag)]).Members, id);
}
