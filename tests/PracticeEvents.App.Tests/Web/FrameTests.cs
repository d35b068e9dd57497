using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using PracticeEvents.App.Tests.Web.Harness;
using Xunit;

namespace PracticeEvents.App.Tests.Web;

public sealed class FrameTests(PagesFixture fixture) : IClassFixture<PagesFixture>, IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = new Uri(fixture.Host.Url) };

    public void Dispose() => http.Dispose();

    private async Task<IDocument> PageAsync(string path, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie ?? "none=1");
        var answer = await http.SendAsync(request);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_rehearsal_says_so_on_every_page_with_the_time_on_Londons_clocks()
    {
        var page = await PageAsync("/help");
        Assert.Equal(
            "Rehearsal: the clock stands at Thursday 24 September 2026 at 1:00pm. Nothing here is live.",
            page.QuerySelector(".practice-rehearsal")!.TextContent.Trim());
    }

    [Fact]
    public async Task Stale_information_is_said_above_the_heading()
    {
        var page = await PageAsync("/help");
        Assert.Equal(
            "Information may be out of date. The last update from the case system was Wednesday 23 September 2026 at 7:00am.",
            page.QuerySelector(".practice-stale")!.TextContent.Trim());
    }

    [Fact]
    public async Task The_navigation_leaves_out_pages_that_do_not_exist_and_pages_for_other_roles()
    {
        var page = await PageAsync("/help/privacy");
        var links = page.QuerySelectorAll(".govuk-service-navigation__list a");
        Assert.Equal(["Sample", "Help"], links.Select(link => link.TextContent.Trim()));
        Assert.Equal("true", links[1].GetAttribute("aria-current"));
    }

    [Fact]
    public async Task A_reader_with_the_role_sees_its_page_in_the_navigation_and_can_sign_out()
    {
        var page = await PageAsync("/help", "reader=w12/auditor");
        Assert.Contains("Closed", page.QuerySelector(".govuk-service-navigation__list")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Signed in as w12", page.QuerySelector("footer")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("form[action='/sign-out'][method=post] input[name=__RequestVerificationToken]"));
    }

    [Fact]
    public async Task Every_page_has_one_heading_and_no_inline_script_or_style()
    {
        foreach (var path in new[] { "/sample", "/help", "/help/keyboard", "/help/accessibility", "/help/privacy", "/missing" })
        {
            var page = await PageAsync(path);
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.Empty(page.QuerySelectorAll("script:not([src]), style, [style], [onclick], [onload]"));
        }
    }

    [Fact]
    public async Task Answers_carry_the_strict_headers_and_pages_are_never_stored()
    {
        var answer = await http.GetAsync("/help");
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task The_styles_are_kept_by_the_browser_and_carry_none_of_GOV_UKs_marks()
    {
        var page = await PageAsync("/help");
        var answer = await http.GetAsync(page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href"));
        var css = await answer.Content.ReadAsStringAsync();
        Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl!.MaxAge);
        Assert.DoesNotMatch(new Regex("GDS Transport|@font-face|crown|url\\("), css);
    }

    [Theory]
    [InlineData("/refuses/403", 403, "You cannot see this")]
    [InlineData("/missing", 404, "Page not found")]
    [InlineData("/refuses/409", 409, "Someone recorded this first")]
    [InlineData("/breaks", 500, "Sorry, something went wrong")]
    public async Task An_error_is_a_page_with_a_reference_and_nothing_private(string path, int status, string title)
    {
        var answer = await http.GetAsync(path);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Contains($">{title}</h1>", html, StringComparison.Ordinal);
        Assert.Matches("Reference: <strong>[0-9A-Za-z:]+</strong>", html);
        Assert.DoesNotContain("Something private", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_did_not_come_from_this_service_is_refused_in_words()
    {
        var answer = await http.PostAsync("/sample", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(">Your form could not be read</h1>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_refused_gets_no_page()
    {
        var answer = await http.GetAsync("/api/refuses/403");
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_a_filter_says_is_shown_as_text_never_as_markup()
    {
        var page = await PageAsync("/sample?status=overdue&status=done&team=e2&page=3");
        var remove = page.QuerySelector(".practice-filters__list a")!;
        Assert.Equal("/sample?status=done&team=e2", remove.GetAttribute("href"));
        Assert.Contains("Status: <Overdue>", remove.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_sorts_one_way_then_the_other_and_the_address_keeps_the_order()
    {
        var page = await PageAsync("/sample?team=e2&sort=due");
        var due = page.QuerySelectorAll("th[scope=col]")[1];
        Assert.Equal("ascending", due.GetAttribute("aria-sort"));
        Assert.Equal("/sample?team=e2&sort=-due", due.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Every_cell_of_a_table_has_its_style_and_only_what_cannot_be_told_asks_why()
    {
        var page = await PageAsync("/sample");
        Assert.Empty(page.QuerySelectorAll("td:not(.govuk-table__cell), th:not(.govuk-table__header), [numeric], [sort-by]"));
        Assert.Equal("Why: Cannot tell", page.QuerySelectorAll("td a[href='/help#marks']").Single().TextContent.Trim());
    }

    [Fact]
    public async Task What_is_not_recorded_says_so()
    {
        var page = await PageAsync("/sample");
        var values = page.QuerySelectorAll(".govuk-summary-list__value").Select(value => value.TextContent.Trim());
        Assert.Equal(["Thursday 24 September 2026", "Not recorded", "Not recorded"], values);
    }
}
