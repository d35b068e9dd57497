using System.Net;
using PracticeEvents.App.Access;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.Domain.Events;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static PracticeEvents.App.Tests.Web.Teams.PageText;

namespace PracticeEvents.App.Tests.Web.Teams;

[Collection(OnTeamStory.Name)]
public sealed class Team_page(TeamStory story) : IDisposable
{
    private readonly Reader manager = story.SignedIn("tm1", Role.TeamManager);

    public void Dispose() => manager.Dispose();

    [Fact]
    public async Task A_manager_of_one_team_goes_straight_to_it()
    {
        using var answer = await manager.Http.GetAsync("/teams");
        Assert.Equal("/teams/t1", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_head_of_service_chooses_among_the_teams_of_the_service_only()
    {
        using var head = story.SignedIn("hos1", Role.HeadOfService);
        var page = await head.PageAsync("/teams");
        Assert.Equal(["East Locality", "Team t3"], page.QuerySelectorAll("tbody th").Select(Text));
    }

    [Fact]
    public async Task Someone_of_no_team_is_told_whom_to_ask()
    {
        using var nobody = story.SignedIn("x1", Role.SocialWorker);
        Assert.Contains("ask your systems lead", Content(await nobody.PageAsync("/teams")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_sentence_counts_children_workers_and_overdue_duties()
    {
        var page = await manager.PageAsync("/teams/t1");
        Assert.Equal("East Locality", Text(page.QuerySelector("h1")!));
        Assert.Equal("5 children, 3 workers. 7 overdue duties for 2 children. 4 cannot tell.", Text(page.QuerySelector(".govuk-body-l")!));
    }

    [Fact]
    public async Task The_title_carries_a_reference_and_never_a_name()
    {
        var page = await manager.PageAsync("/teams/t1");
        Assert.StartsWith("Team t1", page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Children_whom_nobody_holds_come_first_then_those_of_a_leaver()
    {
        var page = await manager.PageAsync("/teams/t1");
        Assert.Equal(
            ["1 child has no allocated worker", "Still with a worker who has left", "Needs a conversation"],
            page.QuerySelectorAll("main h2").Select(Text));
        Assert.Contains("Child c5", Text(page.QuerySelector("#unallocated")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_needs_a_conversation_is_said_in_sentences_and_a_label_is_never_markup()
    {
        var page = await manager.PageAsync("/teams/t1");
        var said = page.QuerySelectorAll("main ol li").Select(Text).Single(line => line.StartsWith("Sam <B>, child c1: ", StringComparison.Ordinal));
        Assert.Contains("Child protection visit is overdue by 25 working days.", said, StringComparison.Ordinal);
        Assert.Contains("The last two of the same duty were both late.", Content(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workers_come_by_name_and_nobody_first_whoever_has_most_overdue()
    {
        var page = await manager.PageAsync("/teams/t1");
        Assert.Equal(["No worker", "sw9 (has left)", "A. Khan", "Z. Osei"], page.QuerySelectorAll("tbody th").Select(Text));
    }

    [Fact]
    public async Task A_cell_says_number_word_and_mark_so_nothing_rests_on_its_shade()
    {
        var page = await manager.PageAsync("/teams/t1");
        var cell = page.QuerySelectorAll("td.practice-heat a").First(a => a.TextContent.Contains("Visits", StringComparison.Ordinal));
        Assert.Equal("1 Overdue: Visits, Z. Osei", Text(cell));
        Assert.NotNull(cell.QuerySelector("svg rect"));
    }

    [Fact]
    public async Task A_cell_leads_to_the_children_behind_it()
    {
        var page = await manager.PageAsync("/teams/t1");
        var address = page.QuerySelectorAll("td.practice-heat a").First(a => a.TextContent.Contains("Visits", StringComparison.Ordinal)).GetAttribute("href")!;
        Assert.Equal("/teams/t1?view=children&worker=sw1&duty=visits&status=overdue", address);

        var behind = await manager.PageAsync(address);
        Assert.Equal(["Sam <B>, child c1"], behind.QuerySelectorAll("tbody th").Select(Text));
        Assert.Equal("1 timescale, 1 overdue, 1 child", Text(behind.QuerySelector(".practice-filters [role=status]")!));
    }

    [Fact]
    public async Task The_basics_are_yes_no_or_not_recorded_and_never_a_score()
    {
        var page = await manager.PageAsync("/teams/t1?view=children&sort=child");
        var rows = page.QuerySelectorAll("tbody tr").ToDictionary(r => Text(r.QuerySelector("th")!), r => r.QuerySelectorAll("td").Select(Text).ToList());
        Assert.Equal(["Yes, 20 Feb 2026", "Not recorded", "Not recorded", "Yes, 25 Feb 2026"], rows["Child c2"][1..5]);
        Assert.Equal(["Not recorded", "Not recorded", "Yes, child protection plan since 12 Jan 2026", "Not recorded"], rows["Sam <B>, child c1"][1..5]);
        Assert.DoesNotContain("%", Content(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_that_match_nothing_say_so_and_can_be_cleared()
    {
        var page = await manager.PageAsync("/teams/t1?view=children&duty=court");
        Assert.Contains("No children match these filters.", Content(page), StringComparison.Ordinal);
        Assert.Equal("court", page.QuerySelector("#duty option[selected]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task On_an_earlier_day_it_shows_what_was_known_then()
    {
        var page = await manager.PageAsync("/teams/t1?asAt=2026-02-01");
        Assert.Contains("as it was known then", Content(page), StringComparison.Ordinal);
        Assert.Contains("No child's case is open in this team.", Content(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_that_cannot_be_read_is_said_beside_its_field_and_kept()
    {
        var page = await manager.PageAsync("/teams/t1?asAt=yesterday");
        Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#asAt-error"));
        Assert.Equal("yesterday", page.QuerySelector("#asAt")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_CSV_has_a_row_for_each_timescale_of_the_view_and_each_child_is_logged()
    {
        using var answer = await manager.Http.GetAsync("/teams/t1?worker=sw1&status=overdue&format=csv");
        var lines = (await answer.Content.ReadAsStringAsync()).Trim().Split("\r\n");
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("team-t1-duties-sw1-overdue-2026-03-02.csv", answer.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("child,worker,rule,title,group,startedOn,due,planBy,status", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.Matches("^c1,sw1,.*,overdue$", line));
        Assert.DoesNotContain("Sam", string.Join(' ', lines), StringComparison.Ordinal);

        var looks = await story.Services.GetRequiredService<ReadLog>().OfAsync("c1", RunningService.Start.AddDays(-1), default);
        Assert.Contains(looks, look => look is { Worker: "tm1", What: "team csv" });
    }

    [Fact]
    public async Task Another_teams_manager_is_refused_in_words_and_sees_no_child()
    {
        using var other = story.SignedIn("tm2", Role.TeamManager);
        var (status, page) = await other.TryPageAsync("/teams/t1");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Ask the team's manager.", Content(page), StringComparison.Ordinal);
        Assert.DoesNotContain("c1", Content(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_team_that_is_not_there_is_not_found() => Assert.Equal(HttpStatusCode.NotFound, (await manager.TryPageAsync("/teams/none")).Status);

    [Fact]
    public async Task Nobody_reads_it_without_signing_in()
    {
        using var anybody = story.Anybody();
        using var answer = await anybody.Http.GetAsync("/teams/t1");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }
}
