using System.Net;
using System.Text;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Web.Children;

[Collection(OnStory.Name)]
public sealed class ChildrenPageTests(Story story) : IDisposable
{
    private readonly Reader manager = story.SignedIn("tm1", Role.TeamManager);

    public void Dispose() => manager.Dispose();

    [Fact]
    public async Task The_list_shows_only_children_whom_the_reader_may_see_and_what_presses_most_first()
    {
        var page = await manager.PageAsync("/children");
        Assert.Equal(["Sam Birch, child c1", "Child c3"], page.QuerySelectorAll("tbody th").Select(cell => cell.TextContent));
        Assert.Equal("2 children: 1 overdue, 1 cannot tell", page.QuerySelector("[role=status]")!.TextContent);
        Assert.StartsWith(
            "Sam Birch, child c1 Overdue by 3 working days, due 2 Mar 2026 First core group 2 Mar 2026",
            Words(page.QuerySelector("tbody tr")!.TextContent),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status=overdue", "c1")]
    [InlineData("worker=sw1&status=cannot_tell", "c3")]
    [InlineData("team=t1&sort=-child", "c3")]
    public async Task The_list_can_be_filtered_and_sorted_by_its_address(string query, string first)
    {
        var page = await manager.PageAsync("/children?" + query);
        Assert.Equal($"/children/{first}", page.QuerySelector("tbody th a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task The_list_says_when_filters_leave_nothing_and_when_there_is_nobody_to_see()
    {
        Assert.Contains("No children match these filters.", (await manager.PageAsync("/children?worker=none")).Body!.TextContent, StringComparison.Ordinal);
        using var reader = story.SignedIn("nobody-yet", Role.SocialWorker);
        Assert.Contains("There are no open children whom you may see.", (await reader.PageAsync("/children")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_downloads_as_the_rows_shown_with_references_only()
    {
        using var answer = await manager.Http.GetAsync("/children?status=overdue&format=csv");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal("children_overdue_2026-03-05.csv", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.StartsWith("child,team,worker,iro,", text.TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Contains("c1,t1,sw1,iro1,", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Sam", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_has_pages_and_stays_small()
    {
        using var reader = story.SignedIn("tm3", Role.TeamManager);
        var page = await reader.PageAsync("/children?page=2");
        Assert.Equal(5, page.QuerySelectorAll("tbody tr").Length);
        Assert.True(Encoding.UTF8.GetByteCount(await reader.Http.GetStringAsync("/children")) < 100 * 1024);
    }

    [Fact]
    public async Task A_child_is_headed_by_who_they_are_who_works_with_them_and_what_is_next()
    {
        var page = await manager.PageAsync("/children/c1");
        Assert.Equal("Sam Birch", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(
            "Child c1 · age 6 · in care since 23 Feb 2026 · child protection plan since 16 Feb 2026 · worker Ade Osei · reviewing officer Mo Hart · team East 2",
            page.QuerySelector("main h1 + p")!.TextContent);
        Assert.Equal(5, page.QuerySelectorAll("main h2 + ul.govuk-list > li").Length);
        Assert.DoesNotContain("2019", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/alerts")]
    [InlineData("/children")]
    [InlineData("/children/c1")]
    [InlineData("/children/c1/deadlines")]
    [InlineData("/children/c1/people")]
    [InlineData("/children/c1/looks")]
    public async Task No_name_stands_in_a_title_or_an_address_and_every_page_has_one_heading_and_the_print_styles(string path)
    {
        var page = await manager.PageAsync(path);
        Assert.DoesNotContain("Sam", page.Title, StringComparison.Ordinal);
        Assert.DoesNotContain(page.QuerySelectorAll("[href], [action], [formaction]"), e =>
            (e.GetAttribute("href") + e.GetAttribute("action") + e.GetAttribute("formaction")).Contains("Sam", StringComparison.Ordinal));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.NotNull(page.QuerySelector("link[rel=stylesheet][href*='practice.css']:not([media=screen])"));
    }

    [Fact]
    public async Task The_timeline_puts_what_is_due_above_today_and_what_happened_below()
    {
        var items = (await manager.PageAsync("/children/c1")).QuerySelectorAll(".practice-timeline li h3").Select(h => h.TextContent.Trim()).ToList();
        var today = items.IndexOf("Today, Thursday 5 March 2026");
        Assert.InRange(today, 1, items.Count - 2);
        Assert.Contains("Visit recorded", items.Skip(today));
        Assert.DoesNotContain("Visit recorded", items.Take(today));
    }

    [Fact]
    public async Task The_timeline_says_who_when_recorded_and_which_clocks_a_fact_started()
    {
        var page = await manager.PageAsync("/children/c1?kind=visits");
        var visit = page.QuerySelectorAll(".practice-timeline__item").Last(i => i.TextContent.Contains("Visit recorded", StringComparison.Ordinal));
        Assert.Contains("20 Feb 2026 · Ade Osei · recorded 2 Mar 2026", Words(visit.TextContent), StringComparison.Ordinal);

        var conference = (await manager.PageAsync("/children/c1?kind=reviews&to=2026-02-28")).QuerySelector(".practice-timeline__item")!;
        Assert.EndsWith(
            "Started 5 clocks: First core group, Mid-point check by the conference chair, "
            + "Child protection plan of two years or more, First review conference, Child protection visit",
            Words(conference.TextContent),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timeline_turns_round_and_shows_alerts()
    {
        var oldest = await manager.PageAsync("/children/c1?order=oldest");
        var dates = oldest.QuerySelectorAll(".practice-timeline__when").Select(w => w.TextContent).ToList();
        Assert.Contains("2 Feb 2026", dates[0], StringComparison.Ordinal);
        Assert.Contains("Due ", dates[^1], StringComparison.Ordinal);
        Assert.Contains("Alert: First core group", (await manager.PageAsync("/children/c1?kind=alerts")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deadlines_show_how_each_was_counted()
    {
        var page = await manager.PageAsync("/children/c1/deadlines");
        var row = page.QuerySelectorAll("tbody tr").First(r => r.TextContent.Contains("First core group", StringComparison.Ordinal));
        Assert.Contains("Count 10 working days. Monday 16 February 2026 is day 0.", Words(row.TextContent), StringComparison.Ordinal);
        Assert.Contains("Overdue by 3 working days", Words(row.TextContent), StringComparison.Ordinal);
        Assert.Equal("/rules/core-group-first-10wd", row.QuerySelector("th a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Deadlines_can_be_seen_as_they_were_known_on_a_past_day()
    {
        var page = await manager.PageAsync("/children/c1/deadlines?asAt=2026-03-02");
        Assert.Contains("As it was known at the end of Monday 2 March 2026.", page.Body!.TextContent, StringComparison.Ordinal);
        var row = page.QuerySelectorAll("tbody tr").First(r => r.TextContent.Contains("First core group", StringComparison.Ordinal));
        Assert.Contains("Due soon today, due 2 Mar 2026", Words(row.TextContent), StringComparison.Ordinal);
        Assert.Contains("No duty has ever run", (await manager.PageAsync("/children/c1/deadlines?asAt=2026-02-20")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_to_come_is_refused_beside_its_field()
    {
        var page = await manager.PageAsync("/children/c1/deadlines?asAt=2027-01-01");
        Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
        Assert.Contains("Enter a date up to today, such as 2026-03-05", page.QuerySelector("#asAt-error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_and_people_say_what_is_not_recorded()
    {
        var page = await manager.PageAsync("/children/c1/people");
        var rows = page.QuerySelectorAll(".govuk-summary-list__row").ToDictionary(r => r.Children[0].TextContent, r => r.Children[1].TextContent.Trim());
        Assert.Equal("Ade Osei", rows["Social worker"]);
        Assert.Equal("Not allocated", rows["Personal adviser"]);
        Assert.Equal("20 Feb 2026", rows["Last seen alone"]);
    }

    [Fact]
    public async Task Whoever_looks_is_shown_to_the_next_who_looks()
    {
        using var officer = story.SignedIn("iro1", Role.Iro);
        await officer.PageAsync("/children/c1/deadlines");
        var rows = (await manager.PageAsync("/children/c1/looks")).QuerySelectorAll("tbody tr").Select(r => Words(r.TextContent)).ToList();
        Assert.Equal("Thursday 5 March 2026 at 9:14am tm1 Who looked", rows.First(r => r.Contains("tm1 Who looked", StringComparison.Ordinal)));
        Assert.Contains("Thursday 5 March 2026 at 9:14am Mo Hart Deadlines", rows);
    }

    [Fact]
    public async Task A_child_of_another_service_is_refused_in_words_and_an_unknown_one_is_not_found()
    {
        var (status, page) = await manager.TryPageAsync("/children/c2");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Equal("You cannot see this child’s record - PracticeEvents", page.Title);
        Assert.Contains("You cannot see this child's record. Ask the child's team manager.", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Kit", page.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.TryPageAsync("/children/none")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.TryPageAsync("/children/c1/none")).Status);
    }

    [Fact]
    public async Task A_child_whom_nobody_watches_says_so_on_every_part_and_nothing_of_it_reads_as_good_news()
    {
        foreach (var tab in new[] { "timeline", "deadlines", "people", "looks" })
        {
            var page = await manager.PageAsync("/children/c3/" + tab);
            Assert.Contains("Nobody is watching this child’s timescales", page.QuerySelector(".govuk-warning-text")!.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("On track", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
