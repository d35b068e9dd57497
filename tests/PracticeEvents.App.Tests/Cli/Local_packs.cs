using System.Text.Json.Nodes;
using Xunit;

namespace PracticeEvents.App.Tests.Cli;

/// <summary>What a council may change, and that everything else is refused with file, line and a sentence.</summary>
public sealed class Local_packs : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("practice-pack-");

    private const string Example = """
        { "title": "Seen on the seventh working day: late", "asAt": "2026-05-20", "events": [
          { "type": "child_protection_plan_started", "on": "2026-05-01" }, { "type": "visit_recorded", "on": "2026-05-13", "purpose": "child_protection", "seen": true } ],
          "expect": [{ "due": "2026-05-12", "status": "done_late", "metOn": "2026-05-13" }, { "due": "2026-05-21", "status": "due_soon" }] }
        """;

    private const string Rule = """
        {
          "id": "own-rule", "area": "child_protection", "title": "A duty of ours", "duty": "It is done within 3 working days.", "kind": "local_standard", "confidence": "local",
          "owner": "head_of_service", "reviewBy": "2027-01-01",
          "editions": [{
            "name": "2026", "inForce": { "from": "2026-01-01" },
            "source": { "instrument": "Practice standards of the council", "paragraph": "4", "says": "Within three working days.", "checkedOn": "2026-11-21" },
            "starts": [{ "event": "assessment_submitted" }],
            "metBy": [{ "event": "assessment_signed_off" }, { "event": "assessment_returned" }],
            "due": { "within": "3 working days" },
            "alerts": [{ "stage": "overdue", "after": "1 working day", "to": ["team_manager"] }]
          }],
          "examples": [
            { "title": "in time", "asAt": "2026-03-09", "events": [{ "type": "assessment_submitted", "on": "2026-03-02" }, { "type": "assessment_signed_off", "on": "2026-03-05" }],
              "expect": [{ "due": "2026-03-05", "status": "done", "metOn": "2026-03-05" }] },
            { "title": "late", "asAt": "2026-03-09", "events": [{ "type": "assessment_submitted", "on": "2026-03-02" }], "expect": [{ "due": "2026-03-05", "status": "overdue" }] }
          ]
        }
        """;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_pack_tightens_a_local_standard_from_a_day_on_and_adds_a_rule_of_its_own()
    {
        Write(
            "changes.json",
            Changes($$"""{ "rule": "cp-visit", "from": "2026-04-01", "because": "Agreed by the improvement board.", "within": "6 working days", "examples": [{{Example}}] }"""));
        Write("own/own-rule.json", Rule);

        var check = await Practice.RunAsync("rules", "check", folder.FullName);

        Assert.True(check.Code == 0, check.ToString());
        Assert.Contains("They can be used.", check.Out, StringComparison.Ordinal);
        var show = await Practice.RunAsync("rules", "show", "cp-visit", "--rules", folder.FullName);
        Assert.Contains("local from 2026-04-01", show.Out, StringComparison.Ordinal);
        Assert.Contains("own-rule", (await Practice.RunAsync("rules", "list", "--rules", folder.FullName)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_does_without_a_local_standard()
    {
        Write("changes.json", Changes("""{ "rule": "cp-visit", "from": "2026-04-01", "because": "Visits go by the child's own interval here.", "off": true }"""));

        Assert.Equal(0, (await Practice.RunAsync("rules", "check", folder.FullName)).Code);
    }

    [Fact]
    public async Task A_whole_set_without_a_rule_is_refused_because_nobody_would_be_told_of_anything()
    {
        var calendar = Path.Combine("calendar", "england-and-wales.json");
        Write(calendar, await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "rules", calendar)));
        Assert.Contains("there is no rule in it", (await Practice.RunAsync("rules", "check", folder.FullName)).Out, StringComparison.Ordinal);

        Write("changes.json", Changes("""{ "rule": "cp-visit", "from": "2026-04-01", "because": "Not here.", "off": true }"""));
        Assert.Contains("is not read beside a whole set of rules", (await Practice.RunAsync("rules", "check", folder.FullName)).Out, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Broken()
    {
        static string Change(string members) =>
            Changes($$"""{ "rule": "core-group-first-10wd", "from": "2026-04-01", "because": "Agreed.", {{members}}, "examples": [{{Example}}] }""");
        static string OwnRule(Action<JsonNode> change)
        {
            var rule = JsonNode.Parse(Rule)!;
            change(rule);
            return rule.ToJsonString(new() { WriteIndented = true });
        }

        return new()
        {
            { "changes.json", Change(""" "within": "11 working days" """), "changes.json:3: changes[0].within: this is looser than Working Together" },
            { "changes.json", Change(""" "within": "2 weeks" """), "is looser than Working Together" },
            { "changes.json", Change(""" "off": true """), "changes.json:3: changes[0].off: core-group-first-10wd cannot be switched off" },
            { "changes.json", Change(""" "localClosures": true """), "changes.json:3: changes[0].localClosures: the council's closures never move a date" },
            { "changes.json", Change(""" "alerts": [{ "stage": "due_soon", "before": "2 working days", "to": ["team_boss"] }] """), "\"team_boss\" is not one of" },
            { "changes.json", Change(""" "alerts": [{ "stage": "due_soon", "before": "2 working days", "to": ["iro"] }] """), "alerts: nobody would be told when it is overdue." },
            { "changes.json", Change(""" "profile": "LOUD" """), "changes.json:3: changes[0].profile: there is no alert profile \"LOUD\"." },
            {
                "changes.json",
                Changes("""{ "rule": "no-such-rule", "from": "2026-04-01", "because": "Agreed.", "off": true }"""),
                "changes.json:3: changes[0].rule: there is no rule \"no-such-rule\"."
            },
            {
                "changes.json",
                Changes("""{ "rule": "cp-visit", "from": "2026-04-01", "because": "Agreed.", "within": "6 working days" }"""),
                "changes.json:3: changes[0].examples: is missing"
            },
            {
                "changes.json",
                Changes($$"""{ "rule": "cp-visit", "from": "2026-04-01", "because": "Agreed.", "within": "5 working days", "examples": [{{Example}}] }"""),
                "changes[0].examples: the example \"Seen on the seventh working day: late\" expects"
            },
            {
                "changes.json",
                Changes("""{ "rule": "cp-visit", "from": "2026-04-01", "because": "One.", "off": true }, { "rule": "cp-visit", "from": "2026-04-01", "because": "Two.", "off": true }"""),
                "another change of cp-visit begins on the same day"
            },
            {
                "changes.json",
                Changes("""{ "rule": "cp-visit", "from": "2013-07-17", "because": "Never.", "off": true }"""),
                "changes.json:3: changes[0].from: cp-visit begins on 17 July 2013, so that nothing would be left of it: switch it off from a later day."
            },
            { "changes.json", """{ "changes": [] }""", "changes.json:1: owner: is missing" },
            { "profiles.json", "[]", "profiles.json:1: The file is not a JSON object." },
            { "calendar/council.json", """{ "closures": {} }""", "council.json:1: termEnds: is missing." },
            { "calendar/council.json", """{ "closures": {}, "termEnds": [] }""", "termEnds: needs at least one end of a school term" },
            { "calendar/council.json", "{ \"termEnds\": [\"07-22\"],\n\"closures\":\n{ \"2026-02-30\": \"Closed\" } }", "council.json:3: closures.2026-02-30: is not a real date" },
            { "calendar/council.json", "{ \"closures\": {},\n\"termEnds\": [\"07-22\",\n\"31-12\"] }", "council.json:3: termEnds[1]: \"31-12\" is not a real day of a year" },
            { "calendar/council.json", """{ "closures": {}, "termEnds": ["07-22"], "holidays": {} }""", "holidays: is not a member" },
            { "calendar/council.json", """{ "closures": {}, "termEnds": ["07-22", "07-22"] }""", "termEnds: 07-22 is there twice." },
            {
                "calendar/council.json",
                """{ "closures": { "2026-12-29": "Closed" }, "closures": {}, "termEnds": ["07-22"] }""",
                "council.json:1: The file cannot be read: Duplicate property 'closures'"
            },
            { "calendar/council.json", "{ \"closures\": {,", "council.json:1: The file is not JSON: line 1, place 16." },
            { "own.json", OwnRule(r => r["kind"] = "regulation"), "own.json:6: kind: a council's own rule is a local_standard" },
            { "own.json", OwnRule(r => r["id"] = "cp-visit"), "own.json:2: id: there is a rule cp-visit already." },
            { "own.json", OwnRule(r => r["editions"]![0]!["starts"]![0]!["event"] = "assesment_submitted"), "event: there is no event \"assesment_submitted\"." },
            {
                "own.json",
                OwnRule(r => r["editions"]![0]!["starts"]![0]!["where"] = new JsonObject { ["grade"] = "good" }),
                "where.grade: the event assessment_submitted has no such member."
            },
            { "own.json", OwnRule(r => r["editions"]!.AsArray().Add(r["editions"]![0]!.DeepClone())), "are in force on the same day." },
            { "own.json", OwnRule(r => r.AsObject().Remove("owner")), "own.json:1: owner: is missing." },
            { "own.json", OwnRule(r => r["examples"]!.AsArray().RemoveAt(1)), "examples: needs at least two worked examples." },
        };
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_pack_is_refused_with_its_file_its_line_and_a_sentence(string file, string text, string refusal)
    {
        Write(file, text);

        var check = await Practice.RunAsync("rules", "check", folder.FullName);

        Assert.True(check.Code == 1, check.ToString());
        Assert.Contains(refusal, check.Out, StringComparison.Ordinal);
        Assert.Matches($"^{file}:[0-9]+: ", check.Out);
    }

    private static string Changes(string changes) => $$"""
        { "owner": "head_of_safeguarding",
          "changes": [
        {{changes.ReplaceLineEndings(" ")}}
          ] }
        """;

    private void Write(string name, string text)
    {
        var file = new FileInfo(Path.Combine(folder.FullName, name));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }
}
