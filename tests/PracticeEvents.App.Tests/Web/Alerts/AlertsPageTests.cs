using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Web.Alerts;

[Collection(OnStory.Name)]
public sealed class AlertsPageTests(Story story) : IDisposable
{
    private readonly Reader manager = story.SignedIn("tm1", Role.TeamManager);
    private readonly Reader chair = story.SignedIn("chair1", Role.CpChair);

    public void Dispose()
    {
        manager.Dispose();
        chair.Dispose();
    }

    [Fact]
    public async Task The_summary_counts_in_words_what_needs_the_reader()
    {
        var page = await manager.PageAsync("/alerts");
        Assert.Equal("Alerts - PracticeEvents", page.Title);
        Assert.Matches(@"^\d+ need you: \d+ overdue", page.QuerySelector("main .govuk-body-l")!.TextContent);
        Assert.Equal("As at 9:14am", page.QuerySelector(".practice-as-at")!.TextContent);
        Assert.Equal(["Mine", "My team", "Watching", "Done this week"], page.QuerySelectorAll("nav[aria-label='Which alerts'] a").Select(a => a.TextContent.Split(" (")[0]));
    }

    [Theory]
    [InlineData("tm1", Role.TeamManager)]
    [InlineData("tm2", Role.TeamManager)]
    [InlineData("hos1", Role.HeadOfService)]
    [InlineData("sw1", Role.SocialWorker)]
    [InlineData("chair1", Role.CpChair)]
    [InlineData("data1", Role.DataStaff)]
    public async Task A_choice_holds_as_many_alerts_as_the_other_choices_say(string worker, Role role)
    {
        using var reader = story.SignedIn(worker, role);
        string[] choices = ["mine", "team", "watching", "done"];
        var said = new List<string>();
        foreach (var choice in choices)
        {
            said.Add(string.Join(", ", (await reader.PageAsync($"/alerts?view={choice}")).QuerySelectorAll("nav[aria-label='Which alerts'] a").Select(a => a.TextContent.Split(')')[0])));
        }

        Assert.Single(said.Distinct());
    }

    [Fact]
    public async Task A_line_says_for_whom_what_by_when_why_who_has_it_and_from_where()
    {
        var line = Line(await manager.PageAsync("/alerts"), "First core group");
        Assert.Contains("Sam Birch, child c1: First core group", Text(line), StringComparison.Ordinal);
        Assert.Contains("Overdue by 3 working days, due 2 Mar 2026", Text(line), StringComparison.Ordinal);
        Assert.Contains("Why: you are told as team manager", Text(line), StringComparison.Ordinal);
        Assert.Contains("Nobody has taken it on yet", Text(line), StringComparison.Ordinal);
        Assert.Contains("Source: Working Together to Safeguard Children (HM Government, 2023), chapter 3", Text(line), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_status_is_told_by_words_so_that_nothing_depends_on_colour()
    {
        foreach (var path in new[] { "/alerts", "/alerts?view=team", "/children", "/children/c1", "/children/c1/deadlines" })
        {
            var statuses = (await manager.PageAsync(path)).QuerySelectorAll(".practice-status").ToList();
            Assert.NotEmpty(statuses);
            Assert.All(statuses, status => Assert.Contains(status.TextContent.Trim(), App.Web.Words.StatusWord.All.Select(s => s.Word)));
            Assert.All(statuses, status => Assert.EndsWith(
                App.Web.Words.StatusWord.All.Single(s => s.Word == status.TextContent.Trim()).Style, status.ClassName, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_decision_to_know_comes_first_and_is_settled_by_reading_it()
    {
        var page = await chair.PageAsync("/alerts");
        Assert.StartsWith("For you to know (1)", page.QuerySelector("main h2")!.TextContent, StringComparison.Ordinal);

        await PressAsync(chair, page, "I’ve read this");
        Assert.DoesNotContain("For you to know", (await chair.PageAsync("/alerts")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "Read by chair1",
            (await chair.PageAsync(await OpenedAsync(chair, "/alerts?view=done"))).QuerySelector(".practice-timeline")!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dealing_with_an_alert_names_who_has_it_and_stops_no_clock()
    {
        using var worker = story.SignedIn("sw1", Role.SocialWorker);
        var answer = await PressAsync(worker, await worker.PageAsync("/alerts?status=overdue"), "I’m dealing with this");
        Assert.Equal("/alerts?status=overdue", answer.Headers.Location!.ToString());

        var line = Line(await worker.PageAsync("/alerts"), "First core group");
        Assert.Contains("With: Ade Osei", Text(line), StringComparison.Ordinal);
        Assert.Contains("Overdue by 3 working days", Text(line), StringComparison.Ordinal);
        Assert.DoesNotContain("I’m dealing with this", Text(line), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_duty_cannot_be_read_away_and_the_page_says_why_in_place()
    {
        var page = await manager.PageAsync(await OpenedAsync(manager, "/alerts?duty=core-group-first-10wd"));
        var answer = await manager.SubmitToAsync(Form(page), $"/alerts/{Id(page)}?handler=Read");
        var said = await Reader.ParseAsync(answer);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("settled by the practice event that it asks for", said.QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Error: First core group, child c1", said.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_are_in_the_address_are_said_in_words_and_can_be_cleared()
    {
        var page = await manager.PageAsync("/alerts?view=team&status=overdue&child=C1&duty=core-group-first-10wd&since=2026-03-01");
        Assert.Equal(
            ["Duty: First core group", "Status: Overdue", "Child: C1", "Raised since: 1 Mar 2026", "Clear filters"],
            page.QuerySelectorAll(".practice-filters .practice-filters__list a")
                .Select(a => a.TextContent.Replace("Remove filter ", "", StringComparison.Ordinal).Replace(" ✕", "", StringComparison.Ordinal)));
        Assert.Contains("No alerts match these filters.", (await manager.PageAsync("/alerts?child=none")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_download_holds_the_rows_shown_with_status_words_and_no_names()
    {
        using var answer = await manager.Http.GetAsync("/alerts?view=team&status=overdue&format=csv");
        var csv = await answer.Content.ReadAsByteArrayAsync();
        var text = Encoding.UTF8.GetString(csv);
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), csv[..3]);
        Assert.Equal("alerts_team_status-overdue_2026-03-05.csv", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.StartsWith("id,child,rule,title,occurrence,dutyStatus,", text.TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Contains(",Overdue,", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Sam", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_is_shown_25_at_a_time_and_stays_small()
    {
        using var reader = story.SignedIn("tm3", Role.TeamManager);
        var first = await reader.Http.GetStringAsync("/alerts");
        var second = await reader.PageAsync("/alerts?page=2");
        Assert.True(Encoding.UTF8.GetByteCount(first) < 100 * 1024, $"{Encoding.UTF8.GetByteCount(first)} bytes");
        Assert.Equal(5, second.QuerySelectorAll("main form[method=post] li").Length);
    }

    [Fact]
    public async Task Nothing_to_do_says_when_that_was_checked()
    {
        using var reader = story.SignedIn("iro2", Role.Iro);
        var page = await reader.PageAsync("/alerts");
        Assert.Contains("No alerts. Nothing needs anyone here now. Checked at 9:14am.", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_whom_nobody_watches_is_said_above_the_list()
    {
        var page = await manager.PageAsync("/alerts");
        Assert.Contains("Cannot tell for 1 child", page.QuerySelector(".govuk-warning-text")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_alert_shows_how_its_date_was_counted_and_what_happened_to_it()
    {
        var page = await manager.PageAsync(await OpenedAsync(manager, "/alerts?duty=core-group-first-10wd"));
        var words = page.QuerySelector("main")!.TextContent;
        Assert.Contains("Started by initial conference held on Monday 16 February 2026", words, StringComparison.Ordinal);
        Assert.Contains("The 10 days counted and 4 skipped", words, StringComparison.Ordinal);
        Assert.Contains("21 Feb 2026: not counted, Saturday", words, StringComparison.Ordinal);
        Assert.Contains("Raised: ", page.QuerySelector(".practice-timeline")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("a[href='/rules/core-group-first-10wd']"));
        Assert.DoesNotContain("Sam", page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_of_another_service_is_refused_in_words()
    {
        using var other = story.SignedIn("tm2", Role.TeamManager);
        var (status, page) = await other.TryPageAsync(await OpenedAsync(manager, "/alerts"));
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("You cannot see this child's record. Ask", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await other.TryPageAsync("/alerts/none")).Status);
    }

    [Fact]
    public async Task Watching_shows_what_others_were_told_about_the_readers_children()
    {
        using var worker = story.SignedIn("sw1", Role.SocialWorker);
        var page = await worker.PageAsync("/alerts?view=watching");
        Assert.Contains("is told as", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    private static IElement Line(IDocument page, string duty) =>
        page.QuerySelectorAll("main li").First(li => li.QuerySelector("h3")?.TextContent.Contains(duty, StringComparison.Ordinal) ?? false);

    private static string Text(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static async Task<string> OpenedAsync(Reader reader, string list) =>
        (await reader.PageAsync(list)).QuerySelector("main form[method=post] li a[href^='/alerts/']")!.GetAttribute("href")!;

    private static IHtmlFormElement Form(IDocument page) => (IHtmlFormElement)page.QuerySelector("main form[method=post]")!;

    private static string Id(IDocument page) => page.QuerySelector("main form[method=post] button")!.GetAttribute("formaction")!.Split('/', '?')[2];

    private static async Task<HttpResponseMessage> PressAsync(Reader reader, IDocument page, string button)
    {
        var pressed = page.QuerySelectorAll("main button").First(b => b.TextContent.StartsWith(button, StringComparison.Ordinal));
        var answer = await reader.SubmitToAsync(Form(page), pressed.GetAttribute("formaction")!);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer;
    }
}
