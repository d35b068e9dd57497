using System.Net;
using AngleSharp.Html.Dom;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.App.Tests.Web.Teams;
using PracticeEvents.Domain.Events;
using Xunit;
using static PracticeEvents.App.Tests.Web.Teams.PageText;

namespace PracticeEvents.App.Tests.Web.InboxPages;

[Collection(OnTeamStory.Name)]
public sealed class Inbox_pages(TeamStory story) : IDisposable
{
    private readonly Reader staff = story.SignedIn("d1", Role.DataStaff);

    public void Dispose() => staff.Dispose();

    [Theory]
    [InlineData("/inbox")]
    [InlineData("/inbox/1")]
    public async Task A_social_worker_is_refused_and_told_whom_to_ask(string path)
    {
        using var worker = story.SignedIn("sw1", Role.SocialWorker);
        var (status, page) = await worker.TryPageAsync(path);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("ask your council's data team", Content(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_those_who_may_open_it_see_it_in_the_navigation()
    {
        using var worker = story.SignedIn("sw1", Role.SocialWorker);
        Assert.Null((await worker.PageAsync("/rules")).QuerySelector("nav a[href='/inbox']"));
        Assert.NotNull((await staff.PageAsync("/rules")).QuerySelector("nav a[href='/inbox']"));
    }

    [Fact]
    public async Task What_needs_a_person_is_listed_unless_another_status_is_asked_for()
    {
        var id = await story.SendBrokenAsync("listed");
        var page = await staff.PageAsync("/inbox");
        Assert.NotNull(page.QuerySelector($"tbody a[href='/inbox/{id}']"));
        Assert.All(page.QuerySelectorAll("tbody td:nth-child(4)"), cell => Assert.Equal("Needs a person", Text(cell)));
        Assert.Null((await staff.PageAsync("/inbox?status=accepted")).QuerySelector($"tbody a[href='/inbox/{id}']"));
    }

    [Fact]
    public async Task A_filter_that_matches_nothing_says_so() =>
        Assert.Contains("No deliveries match these filters.", Content(await staff.PageAsync("/inbox?sender=nobody")), StringComparison.Ordinal);

    [Fact]
    public async Task A_long_list_goes_on_from_a_cursor_without_a_gap_or_a_repeat()
    {
        await story.SendAsync([.. Enumerable.Range(0, 30).Select(n => new ContactReceived { Child = $"many{n}", On = new(new(2026, 3, 2)) })]);
        var seen = new List<string>();
        for (var address = "/inbox?status=all"; address is not null;)
        {
            var page = await staff.PageAsync(address);
            seen.AddRange(page.QuerySelectorAll("tbody th").Select(Text));
            address = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal(seen.Distinct(), seen);
        Assert.True(seen.Count > 25);
    }

    [Fact]
    public async Task A_payload_is_shown_as_text_and_never_as_markup()
    {
        var id = await story.SendBrokenAsync("markup", "<script>alert(1)</script>");
        var page = await staff.PageAsync($"/inbox/{id}");
        Assert.Contains("<script>alert(1)</script>", page.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main script"));
    }

    [Fact]
    public async Task A_repair_that_still_fails_is_answered_in_place_and_what_was_typed_is_kept()
    {
        var id = await story.SendBrokenAsync("still");
        var typed = TeamStory.Broken("still", "coffee");
        var page = await PostAsync(id, "Repair", ("repaired", typed));
        Assert.StartsWith("It still cannot be taken: ", page.QuerySelector(".govuk-error-summary a")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(typed, page.QuerySelector("textarea")!.TextContent);
    }

    [Fact]
    public async Task A_repair_that_reads_is_taken_and_says_how_much_was_stored()
    {
        var id = await story.SendBrokenAsync("good");
        var page = await PostAsync(id, "Repair", ("repaired", TeamStory.Broken("good", "child_in_need")));
        Assert.Contains("Taken. 1 event stored.", Content(page), StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main form"));
        Assert.Contains("Repaired and taken", Content(await staff.PageAsync($"/inbox/{id}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replaying_it_as_it_is_says_why_it_still_cannot_be_taken()
    {
        var id = await story.SendBrokenAsync("again");
        var page = await PostAsync(id, "Replay");
        Assert.Contains("It still cannot be taken: ", Text(page.QuerySelector(".govuk-error-summary")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dismissing_wants_a_reason_then_asks_once_more_then_keeps_the_reason()
    {
        var id = await story.SendBrokenAsync("gone");
        Assert.Equal("Enter why it will not be taken", Text((await PostAsync(id, "Dismiss", ("reason", " "))).QuerySelector(".govuk-error-summary a")!));

        var asked = await PostAsync(id, "Dismiss", ("reason", "Sent by mistake"));
        Assert.Contains("Are you sure that it will not be taken?", Content(asked), StringComparison.Ordinal);
        Assert.Contains("Needs a person", Content(await staff.PageAsync($"/inbox/{id}")), StringComparison.Ordinal);

        using var answer = await staff.SubmitAsync((IHtmlFormElement)asked.QuerySelector("main form")!);
        var page = await Reader.ParseAsync(answer);
        Assert.Contains("by d1: Sent by mistake", Content(page), StringComparison.Ordinal);
        var late = await PostWithAsync(await staff.PageAsync($"/inbox/{await story.SendBrokenAsync("other")}"), $"/inbox/{id}?handler=Replay");
        Assert.Equal(HttpStatusCode.Conflict, late);
    }

    [Fact]
    public async Task A_form_from_elsewhere_changes_nothing()
    {
        var id = await story.SendBrokenAsync("forged");
        using var answer = await staff.Http.PostAsync($"/inbox/{id}?handler=Dismiss", new FormUrlEncodedContent([new("reason", "x"), new("confirmed", "yes")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Needs a person", Content(await staff.PageAsync($"/inbox/{id}")), StringComparison.Ordinal);
    }

    private async Task<IHtmlDocument> PostAsync(long id, string handler, params (string, string)[] values)
    {
        var page = await staff.PageAsync($"/inbox/{id}");
        using var answer = await staff.SubmitAsync((IHtmlFormElement)page.QuerySelector($"form[action$='handler={handler}']")!, values);
        return await Reader.ParseAsync(answer);
    }

    private async Task<HttpStatusCode> PostWithAsync(IHtmlDocument page, string action)
    {
        var form = (IHtmlFormElement)page.QuerySelector("main form")!;
        form.SetAttribute("action", action);
        using var answer = await staff.SubmitAsync(form);
        return answer.StatusCode;
    }
}
