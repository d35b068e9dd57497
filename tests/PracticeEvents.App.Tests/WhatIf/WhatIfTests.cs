using System.Net;
using System.Text.Json;
using PracticeEvents.App.Tests.Cli;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.WhatIf;

/// <summary>Other rules over a past period: what would have been said, to whom, and that nothing comes of asking.</summary>
public sealed class WhatIfTests : WhatIfHouse
{
    private const string Tighter = """[{ "rule": "cp-visit", "from": "2026-01-01", "because": "Asked by the improvement board.", "within": "6 working days" }]""";

    [Fact]
    public async Task A_tighter_visit_says_more_and_sees_breaches_earlier_and_nothing_is_written()
    {
        await TenWeeksAsync();
        var rows = await RowsAsync();

        var (status, answer) = await AskAsync(Tighter, Role.Administrator);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["cp-visit"], answer.GetProperty("rules").EnumerateArray().Select(r => r.GetString()!));
        Assert.False(answer.GetProperty("same").GetBoolean());
        Assert.True(Count(answer, "after", "alerts") > Count(answer, "before", "alerts"), answer.ToString());
        var earlier = answer.GetProperty("breaches").GetProperty("earlier");
        Assert.True(Count(earlier, "workingDays") >= Count(earlier, "count") && Count(earlier, "count") > 0, answer.ToString());
        Assert.All(earlier.GetProperty("examples").EnumerateArray(), b => Assert.True(string.CompareOrdinal(Text(b, "after"), Text(b, "before")) < 0));
        Assert.Equal(Count(answer, "after", "alerts"), answer.GetProperty("weeks").EnumerateArray().Sum(w => Count(w, "after")));
        Assert.Equal(rows, await RowsAsync());
    }

    [Fact]
    public async Task A_child_who_would_have_been_flagged_is_named_and_one_who_would_not_is_too()
    {
        await TellAsync(At(3, 2, 10), Conference(Day(3, 2)));
        await TellAsync(At(3, 10, 9), Visit("c1", Day(3, 10)));
        await TellAsync(At(3, 18, 9), Visit("c1", Day(3, 18)));
        await TellAsync(At(3, 18, 10), new ChildProtectionPlanEnded { Child = "c1", On = new(Day(3, 18)) });
        await MoveToAsync(At(5, 11));

        var (_, tighter) = await AskAsync(Tighter, Role.HeadOfSafeguarding);
        Assert.Equal("c1", Text(Assert.Single(tighter.GetProperty("newlyFlagged").GetProperty("examples").EnumerateArray()), "child"));

        var (_, off) = await AskAsync("""[{ "rule": "cp-visit", "from": "2026-01-01", "because": "Given up.", "off": true }]""", Role.HeadOfSafeguarding);
        Assert.Equal((0, 0), (Count(off, "newlyFlagged", "count"), Count(off, "after", "alerts")));
    }

    [Fact]
    public async Task What_the_council_may_not_do_is_refused_and_only_some_may_ask()
    {
        await MoveToAsync(At(5, 11));

        var (status, problem) = await AskAsync("""[{ "rule": "core-group-first-10wd", "from": "2026-01-01", "because": "x", "within": "11 working days" }]""", Role.Administrator);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("is looser than Working Together", Assert.Single(problem.GetProperty("problems").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync("{}", Role.Administrator)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(Tighter, Role.TeamManager)).Status);
    }

    [Fact]
    public async Task The_verb_says_whom_a_candidate_pack_no_longer_tells_and_finds_nothing_where_nothing_is_changed()
    {
        var pack = Directory.CreateTempSubdirectory("practice-candidate-");
        try
        {
            await TenWeeksAsync();
            await WriteAsync(pack, """
                { "owner": "head_of_safeguarding", "changes": [{ "rule": "cp-visit", "from": "2026-01-01", "because": "Heads of service asked for it.",
                  "alerts": [{ "stage": "due_soon", "before": "3 working days", "to": ["social_worker", "team_manager"] }, { "stage": "due", "at": "plan_by", "to": ["social_worker"] },
                    { "stage": "overdue", "after": "1 working day", "to": ["team_manager"] }],
                  "examples": [{ "title": "Seen in time", "asAt": "2026-05-20", "events": [
                    { "type": "child_protection_plan_started", "on": "2026-05-01" }, { "type": "visit_recorded", "on": "2026-05-13", "purpose": "child_protection", "seen": true }],
                    "expect": [{ "due": "2026-05-18", "status": "done", "metOn": "2026-05-13" }, { "due": "2026-05-28", "status": "on_track" }] }] }] }
                """);

            var ran = await Practice.RunAsync("what-if", "--rules", pack.FullName, "--connection", Connection, "--from", "2026-03-02", "--json");

            Assert.True(ran.Code == 1, ran.ToString());
            Assert.Equal(["hos1"], ran.Json.GetProperty("formerRecipients").GetProperty("examples").EnumerateArray().Select(r => Text(r, "worker")));
            Assert.DoesNotContain(ran.Json.GetProperty("weeks").EnumerateArray(), w => Text(w, "role") == "head_of_service" && Count(w, "after") > 0);

            var same = await Practice.RunAsync("what-if", "--rules", Path.Combine(AppContext.BaseDirectory, "rules"), "--connection", Connection);

            Assert.True(same.Code == 0, same.ToString());
            await WriteAsync(pack, """{ "owner": "head_of_safeguarding", "changes": [{ "rule": "no-such-rule", "from": "2026-01-01", "because": "x", "off": true }] }""");
            var refused = await Practice.RunAsync("what-if", "--rules", pack.FullName, "--connection", Connection);
            Assert.True(refused.Code == 4 && refused.Err.Contains("there is no rule \"no-such-rule\"", StringComparison.Ordinal), refused.ToString());
        }
        finally
        {
            pack.Delete(recursive: true);
        }
    }

    private static int Count(JsonElement e, params string[] path) => path.Aggregate(e, (at, member) => at.GetProperty(member)).GetInt32();

    private static Task WriteAsync(DirectoryInfo pack, string changes) => File.WriteAllTextAsync(Path.Combine(pack.FullName, "changes.json"), changes);
}
