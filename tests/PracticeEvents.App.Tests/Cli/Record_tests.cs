using System.Text.Json;
using PracticeEvents.App.Tests.House;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.Domain;
using Xunit;

namespace PracticeEvents.App.Tests.Cli;

/// <summary>A database with a team and two looked-after children: one whose first review is overdue, one whose is not.</summary>
public sealed class SmallStory : IAsyncLifetime
{
    private readonly string file = Path.GetTempFileName();

    internal string Connection { get; private set; } = "";

    internal Ran Import { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Connection = await OneServer.EmptyDatabaseAsync();
        var today = London.DateOf(TimeProvider.System.GetUtcNow());
        var (late, fresh) = ($"{today.AddDays(-60):yyyy-MM-dd}", $"{today.AddDays(-1):yyyy-MM-dd}");
        await File.WriteAllLinesAsync(file,
        [
            Event("1", "team_registered", new { on = late, team = "T1", teamManager = "TM1", headOfService = "HOS1" }),
            Event("2", "case_allocated", new { child = "C1", on = late, role = "social_worker", worker = "SW1", team = "T1" }),
            Event("3", "became_looked_after", new { child = "C1", on = late, legalStatus = "s20" }),
            Event("4", "case_allocated", new { child = "C2", on = fresh, role = "social_worker", worker = "SW2", team = "T2" }),
            Event("5", "became_looked_after", new { child = "C2", on = fresh, legalStatus = "s20" }),
        ]);
        Import = await RunAsync("import", file, "--json");
    }

    public Task DisposeAsync()
    {
        File.Delete(file);
        return Task.CompletedTask;
    }

    internal Task<Ran> RunAsync(params string[] args) => Practice.RunAsync([.. args, "--connection", Connection]);

    private static string Event(string id, string type, object data) => JsonSerializer.Serialize(new { specversion = "1.0", id, source = "/cms", type, data });
}

/// <summary>The verbs that read and write a record.</summary>
public sealed class Record_tests(SmallStory story) : IClassFixture<SmallStory>
{
    [Fact]
    public void An_import_tells_what_became_of_every_event()
    {
        Assert.Equal((0, 5), (story.Import.Code, story.Import.Json[0].GetProperty("added").GetInt32()));
        Assert.Equal(5, story.Import.Json[0].GetProperty("counts").GetProperty("events").GetProperty("taken").GetInt32());
    }

    [Fact]
    public async Task The_tokens_of_a_worker_are_listed_and_revoked_once()
    {
        Assert.Equal(0, (await story.RunAsync("token", "create", "--worker", "TM7", "--roles", "team_manager")).Code);
        Assert.Equal(0, (await story.RunAsync("token", "create", "--worker", "TM7", "--roles", "team_manager")).Code);
        var id = (await story.RunAsync("token", "list", "--worker", "TM7", "--json")).Json[0].GetProperty("id").GetString()!;

        Assert.Equal(0, (await story.RunAsync("token", "revoke", id)).Code);
        Assert.Equal(4, (await story.RunAsync("token", "revoke", id)).Code);
        Assert.Equal(0, (await story.RunAsync("token", "revoke", "--worker", "TM7")).Code);
        Assert.Equal(4, (await story.RunAsync("token", "revoke", "--worker", "TM7")).Code);

        Assert.All(
            (await story.RunAsync("token", "list", "--worker", "TM7", "--json")).Json.EnumerateArray(),
            t => Assert.Equal(JsonValueKind.String, t.GetProperty("revokedAt").ValueKind));
    }

    [Fact]
    public async Task Open_duties_are_listed_by_due_date_for_a_team_and_a_role()
    {
        var ran = await story.RunAsync("due", "--team", "T1", "--role", "tm", "--json");

        var duties = ran.Json.EnumerateArray().ToList();
        Assert.NotEmpty(duties);
        Assert.All(duties, d => Assert.Equal(("C1", "T1"), (d.GetProperty("child").GetString(), d.GetProperty("team").GetString())));
        Assert.Equal(duties.Select(d => d.GetProperty("due").GetString()).Order(StringComparer.Ordinal), duties.Select(d => d.GetProperty("due").GetString()));
        Assert.Contains(duties, d => d.GetProperty("rule").GetString() == "cla-review-first-20wd" && d.GetProperty("status").GetString() == "overdue");
    }

    [Theory]
    [InlineData("T1", 1)]
    [InlineData("T2", 2)]
    public async Task Overdue_duties_fail_when_asked_to_and_a_team_that_does_not_exist_always(string team, int code) =>
        Assert.Equal(code, (await story.RunAsync("due", "--team", team, "--fail-on", "overdue")).Code);

    [Fact]
    public async Task Every_measure_has_a_figure()
    {
        var ran = await story.RunAsync("measures", "--from", "2020-01-01", "--team", "T1", "--json");

        Assert.Equal(0, ran.Code);
        Assert.Contains(
            ran.Json.EnumerateArray(),
            f => f.GetProperty("measure").GetString() == "looked-after-reviews-in-time"
                && f.GetProperty("asKnownNow").GetProperty("denominator").GetInt32() == 1);
    }

    [Fact]
    public async Task Nothing_was_due_before_anything_was_known()
    {
        var ran = await story.RunAsync("due", "--as-at", "2020-01-01", "--json");

        Assert.Empty(ran.Json.EnumerateArray());
    }

    [Fact]
    public async Task A_timeline_has_facts_and_deadlines_with_the_names_of_the_api()
    {
        var entries = (await story.RunAsync("timeline", "C2", "--json")).Json.EnumerateArray().ToList();

        Assert.Contains(entries, e => e.GetProperty("kind").GetString() == "fact" && e.GetProperty("type").GetString() == "became_looked_after");
        Assert.Contains(entries, e => e.GetProperty("kind").GetString() == "deadline" && e.GetProperty("type").GetString() == "cla-review-first-20wd");
    }

    [Fact]
    public async Task Plain_text_is_written_to_a_pipe()
    {
        var ran = await story.RunAsync("timeline", "C1");

        Assert.Contains("Became looked after", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', ran.Out);
    }

    [Fact]
    public async Task Why_says_which_condition_fails()
    {
        var running = await story.RunAsync("why", "C1", "cla-review-first-20wd", "--json");
        var not = await story.RunAsync("why", "C1", "core-group-first-10wd", "--json");

        Assert.True(running.Json.GetProperty("applies").GetBoolean());
        Assert.False(not.Json.GetProperty("applies").GetBoolean());
        Assert.False(not.Json.GetProperty("firstFailing").GetProperty("holds").GetBoolean());
    }

    [Theory]
    [InlineData("timeline", "C9")]
    [InlineData("why", "a9")]
    [InlineData("rebuild", "no_such_view")]
    public async Task What_is_not_there_is_bad_usage(string verb, string what) => Assert.Equal(2, (await story.RunAsync(verb, what)).Code);

    [Fact]
    public async Task A_rebuild_changes_nothing()
    {
        var ran = await story.RunAsync("rebuild", "--json");

        Assert.Equal(0, ran.Code);
        Assert.All(ran.Json.GetProperty("tables").EnumerateArray(), t => Assert.False(t.GetProperty("changed").GetBoolean()));
        Assert.Contains(ran.Json.GetProperty("tables").EnumerateArray(), t => t.GetProperty("name").GetString() == "alerts" && t.GetProperty("after").GetInt64() > 0);
    }

    [Fact]
    public async Task The_same_census_twice_adds_nothing_and_names_its_refused_rows_each_time()
    {
        var connection = await OneServer.EmptyDatabaseAsync();
        var census = Repository.Find("tests/PracticeEvents.App.Tests/Cli/census.xml")!;
        var first = await Practice.RunAsync("import", census, "--json", "--connection", connection);
        var again = await Practice.RunAsync("import", census, "--json", "--connection", connection);

        Assert.Equal((1, 1), (first.Code, again.Code));
        Assert.True(first.Json[0].GetProperty("added").GetInt32() > 0);
        Assert.Equal(0, again.Json[0].GetProperty("added").GetInt32());
        Assert.NotEmpty(first.Json[0].GetProperty("refusals").EnumerateArray());
        Assert.Equal(0, (await Practice.RunAsync("rebuild", "--connection", connection)).Code);
    }

    [Fact]
    public async Task A_rebuild_that_changes_a_row_says_so()
    {
        var connection = await OneServer.EmptyDatabaseAsync();
        await Practice.RunAsync("import", Repository.Find("tests/PracticeEvents.App.Tests/Cli/census.xml")!, "--connection", connection);
        await using (var source = Npgsql.NpgsqlDataSource.Create(connection))
        {
            await using var spoil = source.CreateCommand("update practice.obligations set title = 'spoilt'");
            await spoil.ExecuteNonQueryAsync();
        }

        Assert.Equal(1, (await Practice.RunAsync("rebuild", "obligations", "--connection", connection)).Code);
        Assert.Equal(0, (await Practice.RunAsync("rebuild", "obligations", "--connection", connection)).Code);
    }

    [Fact]
    public async Task A_token_is_made_for_a_worker()
    {
        var ran = await story.RunAsync("token", "create", "--worker", "TM1", "--roles", "tm,social_worker", "--json");

        Assert.Equal(["token"], ran.Names);
    }

    [Fact]
    public async Task A_source_is_made_once_and_gets_a_new_secret()
    {
        var made = await story.RunAsync("source", "create", "cms", "--json");
        var taken = await story.RunAsync("source", "create", "cms", "--json");
        var rotated = await story.RunAsync("source", "rotate", "cms", "--json");
        var unknown = await story.RunAsync("source", "rotate", "other", "--leaked");
        var list = await story.RunAsync("source", "list", "--json");
        var renewed = await story.RunAsync("source", "rotate", "cms", "--leaked", "--json");

        Assert.Equal(["name", "bearer", "secret"], made.Names);
        Assert.Equal((4, 4), (taken.Code, unknown.Code));
        Assert.NotEqual(made.Json.GetProperty("secret").GetString(), rotated.Json.GetProperty("secret").GetString());
        Assert.Equal(2, list.Json[0].GetProperty("liveSecrets").GetInt32());
        Assert.Equal(made.Names, renewed.Names);
        Assert.Equal(1, (await story.RunAsync("source", "list", "--json")).Json[0].GetProperty("liveSecrets").GetInt32());
    }

    [Fact]
    public async Task Check_shows_the_configuration_without_its_password()
    {
        var ran = await story.RunAsync("check", "--json");

        var password = new Npgsql.NpgsqlConnectionStringBuilder(story.Connection).Password!;
        Assert.Equal((0, "ok"), (ran.Code, ran.Json.GetProperty("status").GetString()));
        Assert.DoesNotContain(password, ran.Out, StringComparison.Ordinal);
    }
}
