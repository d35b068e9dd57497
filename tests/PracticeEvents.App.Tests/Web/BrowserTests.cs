using PracticeEvents.App.Tests.Web.Harness;
using Xunit;

namespace PracticeEvents.App.Tests.Web;

public sealed class BrowserTests(PagesFixture fixture) : IClassFixture<PagesFixture>
{
    private string At(string path) => fixture.Host.Url + path;

    [NeedsBrowser]
    public async Task Axe_finds_nothing_wrong_on_any_page_of_the_frame()
    {
        string[] paths = ["/sample", "/sample?wrong=1", "/help", "/help/keyboard", "/help/accessibility", "/help/privacy", "/refuses/409", "/breaks"];
        Assert.Equal([], await fixture.Browser.AxeViolationsAsync(At(""), paths, "reader=w12/auditor"));
    }

    [NeedsBrowser]
    public async Task The_browser_blocks_nothing_and_reports_no_script_error()
    {
        await using var visit = await fixture.Browser.OpenAsync(At("/sample"));
        Assert.Equal([], visit.Complaints);
    }

    [NeedsBrowser]
    public async Task The_first_key_press_reaches_the_skip_link_and_it_moves_into_the_content()
    {
        await using var visit = await fixture.Browser.OpenAsync(At("/sample"));
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to main content", await visit.Page.EvaluateAsync<string>("document.activeElement.textContent"));

        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.activeElement.closest('main') !== null"));
    }

    [NeedsBrowser]
    public async Task A_keyboard_walk_goes_from_the_skip_link_to_the_footer_and_focus_is_always_seen()
    {
        await using var visit = await fixture.Browser.OpenAsync(At("/sample"), "reader=w12/auditor");
        var stops = await visit.WalkAsync();
        Assert.Equal(["Skip to main content", "Ambermoor Council", "PracticeEvents"], stops.Take(3).Select(stop => stop.Name));
        Assert.Equal(["Save", "Cancel", "Sign out", "Help", "Accessibility statement", "Privacy", "Status"], stops.TakeLast(7).Select(stop => stop.Name));
        Assert.Equal([], stops.Where(stop => !stop.Seen).Select(stop => stop.Name));
    }

    [NeedsBrowser]
    public async Task Everything_is_on_the_page_and_works_without_JavaScript()
    {
        await using var visit = await fixture.Browser.OpenAsync(At("/sample"), javaScript: false, width: 320);
        Assert.True(await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Help" }).First.IsVisibleAsync());

        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        Assert.EndsWith("/sample?page=2", visit.Page.Url, StringComparison.Ordinal);
    }

    [NeedsBrowser]
    public async Task A_narrow_screen_never_scrolls_sideways()
    {
        await using var visit = await fixture.Browser.OpenAsync(At("/sample"), width: 320);
        Assert.True(await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 320);
    }

    [NeedsBrowser]
    public async Task An_error_summary_takes_focus_and_leads_to_its_field()
    {
        await using var visit = await fixture.Browser.OpenAsync(At("/sample?wrong=1"));
        Assert.Equal("Error: Sample - PracticeEvents", await visit.Page.TitleAsync());
        await visit.Page.WaitForFunctionAsync("document.activeElement.classList.contains('govuk-error-summary')");

        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForFunctionAsync("document.activeElement.id === 'On'");
    }
}
