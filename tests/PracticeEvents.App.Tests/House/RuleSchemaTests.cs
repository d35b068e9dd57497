using System.Text.Json;
using System.Text.Json.Nodes;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.Domain.Rules;
using Xunit;

namespace PracticeEvents.App.Tests.House;

/// <summary>The schema that an editor checks rule files by, read by another implementation (ajv), and the reader that loads them say the same.</summary>
public sealed class RuleSchemaTests
{
    // Every file of the folder, and broken copies of one, each against the schema: true or false for each, in order.
    private const string Script = """
        const Ajv = require('ajv/dist/2020');
        const [schema, documents] = JSON.parse(require('fs').readFileSync(0, 'utf8'));
        const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
        const check = ajv.compile(schema);
        console.log(JSON.stringify(documents.map(d => check(d))));
        """;

    public static TheoryData<string> Breakages() => [.. Broken.Keys];

    private static readonly Dictionary<string, Action<JsonObject>> Broken = new()
    {
        ["an unknown member"] = r => r["colour"] = "red",
        ["a misspelt member of an edition"] = r => Edition(r)["repeat"] = true,
        ["no source"] = r => Edition(r).Remove("source"),
        ["no date on which the source was checked"] = r => Edition(r)["source"]!.AsObject().Remove("checkedOn"),
        ["no due date"] = r => Edition(r).Remove("due"),
        ["nobody to tell"] = r => Edition(r).Remove("alerts"),
        ["no editions"] = r => r["editions"] = new JsonArray(),
        ["one example only"] = r => r["examples"] = new JsonArray(r["examples"]![0]!.DeepClone()),
        ["a kind of source that does not exist"] = r => r["kind"] = "hearsay",
        ["a role that nobody has"] = r => Edition(r)["alerts"]![0]!["to"] = new JsonArray("headteacher"),
        ["a length of time that is none"] = r => Edition(r)["due"] = new JsonObject { ["within"] = "a while" },
        ["a stop without a reason"] = r => Edition(r)["stops"]![0]!.AsObject().Remove("because"),
    };

    [NeedsNode]
    public async Task The_schema_accepts_every_rule_file() => Assert.All(await ValidAsync([.. Files().Select(f => JsonNode.Parse(File.ReadAllText(f))!)]), Assert.True);

    [NeedsNode]
    public async Task What_the_reader_refuses_the_schema_refuses_too()
    {
        var names = Broken.Keys.ToList();
        var broken = names.ConvertAll(Break);

        var valid = await ValidAsync(broken);

        Assert.All(names.Zip(broken, valid), b => Assert.False(b.Third, $"The schema accepts {b.First}."));
    }

    [Theory]
    [MemberData(nameof(Breakages))]
    public void The_reader_refuses_it_as_well(string what) => Assert.NotEmpty(RuleReader.Read(Break(what).ToJsonString()).Problems);

    private static JsonNode Break(string what)
    {
        var rule = JsonNode.Parse(File.ReadAllText(Files().Single(f => f.EndsWith("core-group-first-10wd.json", StringComparison.Ordinal))))!.AsObject();
        Broken[what](rule);
        return rule;
    }

    private static JsonObject Edition(JsonObject rule) => rule["editions"]![0]!.AsObject();

    private static IEnumerable<string> Files() => Directory.EnumerateDirectories(Repository.Find("rules")!).Where(d => Path.GetFileName(d) is not "calendar")
        .SelectMany(d => Directory.EnumerateFiles(d, "*.json")).Order(StringComparer.Ordinal);

    private static async Task<bool[]> ValidAsync(IReadOnlyList<JsonNode> documents)
    {
        var schema = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Find("rules/rules.schema.json")!))!;
        schema.AsObject().Remove("$id");
        var said = await Node.RunAsync(Script, new JsonArray(schema, new JsonArray([.. documents.Select(d => d.DeepClone())])).ToJsonString());
        return JsonSerializer.Deserialize<bool[]>(said)!;
    }
}
