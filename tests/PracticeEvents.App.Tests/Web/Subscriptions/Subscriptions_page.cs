using System.Net;
using AngleSharp.Html.Dom;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.App.Tests.Web.Teams;
using PracticeEvents.Domain.Events;
using Xunit;
using static PracticeEvents.App.Tests.Web.Teams.PageText;

namespace PracticeEvents.App.Tests.Web.SubscriptionPages;

[Collection(OnTeamStory.Name)]
public sealed class Subscriptions_page(TeamStory story) : IDisposable
{
    private readonly Reader worker = story.SignedIn("sw1", Role.SocialWorker);

    public void Dispose() => worker.Dispose();

    [Fact]
    public async Task A_feed_is_made_its_addresses_are_shown_once_and_it_can_be_deleted()
    {
        var page = await worker.PageAsync("/subscriptions");
        using var answer = await worker.SubmitAsync(Add(page), ("channel", "feed"), ("scope", "me"));
        var made = await Reader.ParseAsync(answer);

        var shown = made.QuerySelectorAll("code").Select(Text).ToList();
        Assert.Equal(3, shown.Count);
        Assert.All(shown, address => Assert.Contains("/feeds/pf_", address, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await worker.Http.GetAsync(new Uri(shown[2]).PathAndQuery)).StatusCode);
        var later = await worker.PageAsync("/subscriptions");
        Assert.Empty(later.QuerySelectorAll("code"));

        var delete = later.QuerySelectorAll("button").First(b => Text(b).StartsWith("Delete feed", StringComparison.Ordinal));
        using var gone = await worker.SubmitToAsync((IHtmlFormElement)delete.Closest("form")!, delete.GetAttribute("formaction")!);
        Assert.Contains("Deleted", Text((await Reader.ParseAsync(gone)).QuerySelector("main")!), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await worker.Http.GetAsync(new Uri(shown[2]).PathAndQuery)).StatusCode);
    }

    [Fact]
    public async Task An_address_that_cannot_be_used_is_kept_in_its_field_with_why()
    {
        var page = await worker.PageAsync("/subscriptions");
        using var answer = await worker.SubmitAsync(Add(page), ("channel", "webhook"), ("scope", "me"), ("address", "https://127.0.0.1/hook"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var again = await Reader.ParseAsync(answer);
        Assert.Equal("https://127.0.0.1/hook", again.QuerySelector("#address")!.GetAttribute("value"));
        Assert.Contains("The address must be an https address", Text(again.QuerySelector(".govuk-error-summary")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_what_cannot_be_turned_off_and_how_much_there_would_have_been_today()
    {
        var page = await worker.PageAsync("/subscriptions");
        Assert.Contains("That cannot be turned off", Text(page.QuerySelector("main")!), StringComparison.Ordinal);

        using var answer = await worker.SubmitToAsync(Add(page), "/subscriptions?handler=Preview", ("channel", "teams"), ("scope", "me"), ("dailyAt", "08:00"));
        var again = await Reader.ParseAsync(answer);
        Assert.Matches("Today you would have had [0-9]+ messages? about [0-9]+ alerts?\\.", Text(again.QuerySelector("#preview")!));
        Assert.Equal("08:00", again.QuerySelector("#daily-at")!.GetAttribute("value"));
    }

    [Fact]
    public async Task When_it_is_sent_is_chosen_shown_and_changed()
    {
        using var answer = await worker.SubmitAsync(
            Add(await worker.PageAsync("/subscriptions")), ("channel", "teams"), ("scope", "me"), ("address", "https://workflows.example/2"), ("dailyAt", "8:30"));
        var made = await Reader.ParseAsync(answer);
        Assert.Contains("Once a day at 08:30", Text(made.QuerySelector("table")!), StringComparison.Ordinal);

        var change = await worker.PageAsync(made.QuerySelectorAll("a").First(a => Text(a).StartsWith("Change when", StringComparison.Ordinal)).GetAttribute("href")!);
        var form = (IHtmlFormElement)change.QuerySelector("form[action*='handler=Times']")!;
        using var wrong = await worker.SubmitAsync(form, ("dailyAt", ""), ("quietFrom", "25:00"), ("quietTo", "07:00"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("Times must be times of day, such as 08:00.", Text((await Reader.ParseAsync(wrong)).QuerySelector(".govuk-error-summary")!), StringComparison.Ordinal);
        using var saved = await worker.SubmitAsync(form, ("dailyAt", ""), ("quietFrom", "20:00"), ("quietTo", "06:00"));
        Assert.Contains("Straight away, quiet from 20:00 to 06:00", Text((await Reader.ParseAsync(saved)).QuerySelector("table")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_s_cannot_be_touched()
    {
        using var other = story.SignedIn("sw2", Role.SocialWorker);
        var page = await worker.PageAsync("/subscriptions");
        using var answer = await other.SubmitToAsync(Add(await other.PageAsync("/subscriptions")), $"/subscriptions?handler=Revoke&id={Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.NotNull(page);
    }

    private static IHtmlFormElement Add(AngleSharp.Dom.IDocument page) => (IHtmlFormElement)page.QuerySelector("form[action*='handler=Add']")!;
}
