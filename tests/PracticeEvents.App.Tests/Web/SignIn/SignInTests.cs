using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Access;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.App.Web.Pages.SignIn;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Web.SignIn;

public sealed class Demonstration : RunningService
{
    protected override bool Demo => true;

    internal DemoList Offered => Services.GetRequiredService<DemoList>();
}

public sealed class SignInTests(Demonstration service) : IClassFixture<Demonstration>, IDisposable
{
    private readonly Reader reader = service.Anybody();

    public void Dispose() => reader.Dispose();

    [Theory]
    [InlineData("/alerts")]
    [InlineData("/alerts/a1")]
    [InlineData("/children")]
    [InlineData("/children/c1")]
    [InlineData("/")]
    public async Task Whoever_is_not_signed_in_is_asked_to_and_comes_back_afterwards(string path)
    {
        using var answer = await reader.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.EndsWith($"/sign-in?next={Uri.EscapeDataString(path)}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_is_told_that_its_token_is_not_known()
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/api/alerts") { Headers = { Authorization = new("Bearer", "nobody") } };
        using var answer = await reader.Http.SendAsync(asked);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("This token is not known here, or was revoked.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/help")]
    [InlineData("/error/404")]
    public async Task A_few_pages_are_for_everybody(string path)
    {
        using var answer = await reader.Http.GetAsync(path);
        Assert.NotEqual(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task A_known_token_signs_in_and_leads_where_the_person_was_going()
    {
        var answer = await SignInAsync(await service.TokenAsync("sw1", Role.SocialWorker), "/help/privacy");
        Assert.Equal("/help/privacy", answer.Headers.Location!.ToString());

        var page = await reader.PageAsync("/help");
        Assert.Contains("Signed in as sw1", page.QuerySelector("footer")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_revoked_signs_out_whoever_came_in_with_it_and_nobody_else()
    {
        var tokens = service.Services.GetRequiredService<Tokens>();
        var (lost, kept) = (await service.TokenAsync("sw1", Role.SocialWorker), await service.TokenAsync("sw1", Role.SocialWorker));
        using var other = service.Anybody();
        await SignInAsync(lost);
        await SignInAsync(kept, by: other);

        Assert.Single(await tokens.RevokeAsync([(await tokens.FindAsync(lost, default))!.Token!], RunningService.Start, default));

        using var page = await reader.Http.GetAsync("/alerts");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        using var program = new HttpRequestMessage(HttpMethod.Get, "/api/alerts") { Headers = { Authorization = new("Bearer", lost) } };
        using var refused = await service.Anybody().Http.SendAsync(program);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var still = await other.Http.GetAsync("/alerts");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Theory]
    [InlineData("https://example.org/")]
    [InlineData("//example.org/")]
    [InlineData("/\\example.org")]
    public async Task Nobody_is_led_to_another_site(string next)
    {
        var answer = await SignInAsync(await service.TokenAsync("sw1", Role.SocialWorker), next);
        Assert.Equal("/alerts", answer.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("pe_wrong", "This access token is not known. Check that you copied all of it, or ask for a new one")]
    [InlineData("", "Enter your access token")]
    public async Task A_token_that_is_not_known_is_said_above_the_form_and_beside_the_field(string token, string words)
    {
        var answer = await SignInAsync(token, "/alerts");
        var page = await Reader.ParseAsync(answer);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("Error: Sign in - PracticeEvents", page.Title);
        Assert.Equal(words, page.QuerySelector(".govuk-error-summary a[href='#Token']")!.TextContent);
        Assert.Contains(words, page.QuerySelector("#Token-error")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("pe_wrong", page.DocumentElement.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_needs_the_button_and_ends_the_sign_in()
    {
        await SignInAsync(await service.TokenAsync("sw1", Role.SocialWorker), "/help");
        using var forged = await reader.Http.PostAsync("/sign-out", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);

        var form = (IHtmlFormElement)(await reader.PageAsync("/help")).QuerySelector("form[action='/sign-out']")!;
        await reader.SubmitAsync(form);
        using var answer = await reader.Http.GetAsync("/alerts");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task A_demonstration_offers_its_people_and_never_shows_their_tokens()
    {
        var token = await service.TokenAsync("tm1", Role.TeamManager);
        service.Offered.People = [new(Role.TeamManager, "tm1", token)];

        var page = await reader.PageAsync("/sign-in?next=%2Fhelp");
        var form = (IHtmlFormElement)page.QuerySelector("form[action='/sign-in?handler=As']")!;
        var answer = await reader.SubmitAsync(form, ("worker", "tm1"));

        Assert.Equal("Sign in as team manager", form.QuerySelector("button")!.TextContent.Trim());
        Assert.DoesNotContain(token, page.DocumentElement.InnerHtml, StringComparison.Ordinal);
        Assert.Equal("/help", answer.Headers.Location!.ToString());
    }

    private async Task<HttpResponseMessage> SignInAsync(string token, string next = "/alerts", Reader? by = null)
    {
        var page = await (by ?? reader).PageAsync("/sign-in?next=" + Uri.EscapeDataString(next));
        return await (by ?? reader).SubmitAsync((IHtmlFormElement)page.QuerySelector("form[action='/sign-in']")!, ("Token", token));
    }
}

public sealed class NoDemonstrationTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task Outside_a_demonstration_nobody_is_on_offer_even_if_somebody_filled_the_list()
    {
        service.Services.GetRequiredService<DemoList>().People = [new(Role.TeamManager, "tm1", "pe_x")];
        using var reader = service.Anybody();
        var page = await reader.PageAsync("/sign-in");
        Assert.Null(page.QuerySelector("form[action='/sign-in?handler=As']"));
    }

    [Fact]
    public async Task An_address_that_keeps_guessing_waits()
    {
        using var reader = service.Anybody();
        var form = (IHtmlFormElement)(await reader.PageAsync("/sign-in")).QuerySelector("form[action='/sign-in']")!;
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 31; i++)
        {
            using var answer = await reader.SubmitAsync(form, ("Token", "pe_guess"));
            answers.Add(answer.StatusCode);
        }

        Assert.All(answers.SkipLast(1), status => Assert.Equal(HttpStatusCode.BadRequest, status));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }
}
