using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.App.Tests.Web.Teams;
using PracticeEvents.Domain.Events;
using Xunit;
using static PracticeEvents.App.Tests.Web.Teams.PageText;

namespace PracticeEvents.App.Tests.Web.StatusPages;

[Collection(OnTeamStory.Name)]
public sealed class Status_page(TeamStory story) : IDisposable
{
    private readonly Reader worker = story.SignedIn("sw1", Role.SocialWorker);

    public void Dispose() => worker.Dispose();

    [Fact]
    public async Task It_says_in_sentences_how_far_the_service_has_come()
    {
        await story.SettleAsync();
        var rows = (await worker.PageAsync("/status")).QuerySelectorAll(".govuk-summary-list__row")
            .ToDictionary(r => Text(r.QuerySelector("dt")!), r => Text(r.QuerySelector("dd")!));
        Assert.StartsWith("Monday 2 March 2026 at 9:00am, at position ", rows["Last event stored"], StringComparison.Ordinal);
        Assert.Equal("Everything that came in has been worked through.", rows["Worked through"]);
        Assert.Equal("None: every child's record can be worked through.", rows["Children not watched"].Replace('’', '\''));
        Assert.Matches("^\\d+ timers are set\\. None is due and waiting\\.$", rows["Timers"]);
    }

    [Fact]
    public async Task Each_sender_has_the_time_it_was_last_heard()
    {
        var page = await worker.PageAsync("/status");
        var heard = page.QuerySelectorAll("tbody tr").ToDictionary(row => Text(row.QuerySelector("th")!), row => Text(row.QuerySelector("td")!));
        Assert.Equal("Monday 2 March 2026 at 9:00am", heard["cms"]);
    }

    [Fact]
    public async Task The_footer_of_a_reader_who_has_signed_in_leads_to_it() =>
        Assert.NotNull((await worker.PageAsync("/rules")).QuerySelector("footer a[href='/status']"));

    [NeedsBrowser]
    public async Task Axe_finds_nothing_wrong_on_these_pages()
    {
        var row = await story.SendBrokenAsync("axe");
        var cookie = story.CookieOf("a1", Role.Administrator);
        string[] paths =
        [
            "/teams", "/teams/t1", "/teams/t1/forecast", "/teams/t1/forecast?workingDays=x", "/teams/t1?view=children", "/teams/t1?asAt=never",
            "/teams/t1?asAt=2026-02-01", "/reviews", "/reviews?mine=yes", "/inbox", $"/inbox/{row}", "/rules", "/rules/cla-visit-6w",
            "/rules/usefulness", "/status", "/subscriptions", "/alerts/take-on", "/measures", "/measures?from=soon",
            "/measures/seen-alone?asAt=2026-03-01",
        ];
        Assert.Equal([], await story.Browser.AxeViolationsAsync(story.Url, paths, cookie));
    }

    [NeedsBrowser]
    public async Task Filters_and_repairs_work_without_JavaScript_and_a_narrow_screen_never_scrolls_sideways()
    {
        var row = await story.SendBrokenAsync("plain");
        var cookie = story.CookieOf("a1", Role.Administrator);
        await using (var team = await story.Browser.OpenAsync($"{story.Url}/teams/t1?view=children", cookie, javaScript: false, width: 320))
        {
            await team.Page.SelectOptionAsync("#status", "overdue");
            await team.Page.ClickAsync("text=Apply filters");
            Assert.Contains("status=overdue", team.Page.Url, StringComparison.Ordinal);
        }

        await using (var delivery = await story.Browser.OpenAsync($"{story.Url}/inbox/{row}", cookie, javaScript: false))
        {
            await delivery.Page.FillAsync("#repaired", TeamStory.Broken("plain", "child_in_need"));
            await delivery.Page.ClickAsync("text=Replay the repair");
            Assert.Contains("Taken. 1 event stored.", await delivery.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        }

        foreach (var path in new[]
        {
            "/teams/t1", "/teams/t1/forecast", "/reviews", "/rules", "/rules/cp-visit", "/rules/usefulness", $"/inbox/{row}", "/status",
            "/subscriptions", "/measures", "/measures/protection-visits-in-time",
        })
        {
            await using var narrow = await story.Browser.OpenAsync(story.Url + path, cookie, width: 320);
            Assert.True(await narrow.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 320, path);
            Assert.Equal([], narrow.Complaints);
        }
    }
}
