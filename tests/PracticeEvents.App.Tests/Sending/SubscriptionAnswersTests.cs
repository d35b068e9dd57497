using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PracticeEvents.App.Tests.Process;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Sending;

/// <summary>What somebody is answered who asks for a subscription.</summary>
public sealed class SubscriptionAnswersTests : Council
{
    [Fact]
    public async Task Whatever_cannot_be_used_is_answered_with_why_and_changes_nothing()
    {
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        var made = await (await worker.PostAsJsonAsync(
            "/api/subscriptions",
            new { channel = "teams", address = "https://example.org/x", times = new { quietFrom = "19:00", quietTo = "07:00" } }))
            .Content.ReadFromJsonAsync<JsonElement>();
        var times = $"/api/subscriptions/{Text(made, "id")}/times";
        (HttpMethod Method, string Path, string Body, string Says)[] asked =
        [
            (HttpMethod.Put, times, """{"dayliAt":"09:30"}""", "$.dayliAt"),
            (HttpMethod.Put, times, """{"times":{"dailyAt":"09:30"}}""", "$.times"),
            (HttpMethod.Put, times, """{"dailyAt":830}""", "$.dailyAt"),
            (HttpMethod.Put, times, """{"evenInQuiet":["late"]}""", "$.evenInQuiet"),
            (HttpMethod.Put, times, "nonsense", "not"),
            (HttpMethod.Put, times, "", "body"),
            (HttpMethod.Put, times, """{"dailyAt":"8am"}""", "such as 08:00"),
            (HttpMethod.Put, times, """{"quietFrom":"19:00"}""", "belong together"),
            (HttpMethod.Put, times, """{"dailyAt":"06:00","quietFrom":"19:00","quietTo":"07:00"}""", "no quiet hours"),
            (HttpMethod.Post, "/api/subscriptions", """{"channel":"feed","stages":["late"]}""", "$.stages"),
            (HttpMethod.Post, "/api/subscriptions", """{"channel":"webhook","address":"https://example.org/x","times":{"dailyAt":"08:00"}}""", "Only what people read has times"),
            (HttpMethod.Post, "/api/subscriptions/preview", """{"channel":"webhook"}""", "A preview is of what people read"),
        ];
        foreach (var (method, path, body, says) in asked)
        {
            using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            using var answer = await worker.SendAsync(request);
            Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.Contains(says, Text((await answer.Content.ReadFromJsonAsync<JsonElement>()), "detail"), StringComparison.Ordinal);
        }

        var kept = (await worker.GetFromJsonAsync<List<JsonElement>>("/api/subscriptions"))!.Single();
        Assert.Equal(("19:00", "07:00"), (Text(kept.GetProperty("times"), "quietFrom"), Text(kept.GetProperty("times"), "quietTo")));
        using var changed = await worker.PutAsJsonAsync(times, new { dailyAt = "8:30" });
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        using var none = await worker.GetAsync($"/api/subscriptions/{Text(made, "id")}");
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "application/problem+json"), (none.StatusCode, none.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task A_preview_says_how_many_messages_today_would_have_been()
    {
        using var manager = await ReaderAsync("tm1", Role.TeamManager);
        await SendAsync(Conference(Day(2, 26)), Conference(Day(2, 27), "c2"));
        var atOnce = await PreviewAsync(new { channel = "teams", stages = new[] { "due_soon" } });
        Assert.True(int.Parse(Text(atOnce, "messages"), null) > 1);
        Assert.Equal("0", Text(atOnce, "held"));

        var daily = await PreviewAsync(new { channel = "teams", stages = new[] { "due_soon" }, times = new { dailyAt = "17:00" } });
        Assert.Equal((Text(atOnce, "alerts"), Text(atOnce, "alerts")), (Text(daily, "alerts"), Text(daily, "held")));
        Assert.Equal("2026-03-02T17:00:00+00:00", Text(daily, "last"));

        async Task<JsonElement> PreviewAsync(object asked)
        {
            using var answer = await manager.PostAsJsonAsync("/api/subscriptions/preview", asked);
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
    }
}
