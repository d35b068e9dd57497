using Microsoft.Playwright;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Web.Children;

/// <summary>Alerts, children and sign-in in a real browser: for axe, by keyboard, narrow, and without JavaScript.</summary>
[Collection(OnStory.Name)]
public sealed class PagesInABrowserTests(Story story)
{
    private readonly string cookie = story.CookieOf("tm1", Role.TeamManager);

    [NeedsBrowser]
    public async Task Axe_finds_nothing_wrong()
    {
        string[] paths =
        [
            "/alerts", "/alerts?view=team&status=overdue", "/alerts?child=none", "/alerts?view=done", "/children", "/children?status=overdue", "/children/c1",
            "/children/c1?kind=alerts", "/children/c1/deadlines", "/children/c1/deadlines?asAt=2026-03-02", "/children/c1/deadlines?asAt=2027-01-01", "/children/c1/people",
            "/children/c1/looks", "/children/c2", "/children/c3", await FirstAlertAsync(),
        ];
        Assert.Equal([], await story.Browser.AxeViolationsAsync(story.Url, paths, cookie));
        Assert.Equal([], await story.Browser.AxeViolationsAsync(story.Url, ["/sign-in"]));
        Assert.Equal([], await story.Browser.AxeViolationsAsync(story.Url, ["/alerts?page=2"], story.CookieOf("tm3", Role.TeamManager)));
    }

    [NeedsBrowser]
    public async Task Every_press_of_Tab_lands_where_it_can_be_seen()
    {
        foreach (var path in new[] { "/alerts", "/children", "/children/c1/deadlines" })
        {
            await using var visit = await story.Browser.OpenAsync(story.Url + path, cookie);
            var stops = await visit.WalkAsync();
            Assert.Equal("Skip to main content", stops[0].Name);
            Assert.Contains("Privacy", stops.TakeLast(3).Select(stop => stop.Name));
            Assert.Equal([], stops.Where(stop => !stop.Seen).Select(stop => $"{path}: {stop.Name}"));
            Assert.Equal([], visit.Complaints);
        }
    }

    [NeedsBrowser]
    public async Task A_narrow_screen_never_scrolls_sideways()
    {
        foreach (var path in new[] { "/alerts", "/children", "/children/c1", "/children/c1/deadlines", await FirstAlertAsync() })
        {
            await using var visit = await story.Browser.OpenAsync(story.Url + path, cookie, width: 320);
            Assert.True(await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 320, path);
        }
    }

    [NeedsBrowser]
    public async Task Signing_in_filtering_and_reading_work_without_JavaScript()
    {
        await using var visit = await story.Browser.OpenAsync(story.Url + "/children", javaScript: false);
        await visit.Page.GetByLabel("Access token").FillAsync(await story.TokenAsync("tm1", Role.TeamManager));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await visit.Page.GetByText("Filter these children").ClickAsync();
        await visit.Page.GetByLabel("Status").SelectOptionAsync("overdue");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Apply filters" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Sam Birch, child c1" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Deadlines" }).ClickAsync();

        Assert.Equal(story.Url + "/children/c1/deadlines", visit.Page.Url);
        Assert.Equal("Child c1: deadlines - PracticeEvents", await visit.Page.TitleAsync());
    }

    private async Task<string> FirstAlertAsync()
    {
        using var reader = story.SignedIn("tm1", Role.TeamManager);
        return (await reader.PageAsync("/alerts")).QuerySelector("main li a[href^='/alerts/']")!.GetAttribute("href")!;
    }
}
