using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Api;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Tests.House;
using PracticeEvents.App.Tests.Process;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Sending;

/// <summary>Alerts to another system by webhook: what it is sent, and what happens when it does not take it.</summary>
public sealed class WebhookStory : Council
{
    private Receiver receiver = null!;
    private HttpClient manager = null!;

    // The receivers of these tests run on this machine, which nobody may make a real service call.
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Alerts:Channels:AllowPrivateAddresses"] = "true" };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        receiver = await Receiver.StartAsync();
        manager = await ReaderAsync("tm1", Role.TeamManager);
    }

    public override async Task DisposeAsync()
    {
        manager.Dispose();
        await receiver.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task It_is_sent_what_its_owner_is_told_with_ids_only_and_a_signature()
    {
        var made = await SubscribeAsync();
        await SendAsync(Conference(Day(2, 26)));
        await receiver.UntilAsync(1);

        var got = receiver.Got[0];
        Assert.Equal(SignatureFault.None, StandardWebhooks.Verify(name => got.Headers.GetValueOrDefault(name), got.Body, [Text(made, "secret")], TimeProvider.System.GetUtcNow()));
        Assert.Equal("application/cloudevents+json; charset=utf-8", got.Headers["content-type"]);
        var data = JsonDocument.Parse(got.Body).RootElement.GetProperty("data");
        Assert.Equal(["alert", "child", "rule", "occurrence", "stage", "role", "status", "due"], data.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("c1", "due_soon"), (Text(data, "child"), Text(data, "stage")));
        Assert.All(receiver.Got, g => Assert.Contains("\"team_manager\"", Encoding.UTF8.GetString(g.Body), StringComparison.Ordinal));
    }

    [NeedsNode]
    public async Task Clients_that_others_wrote_verify_and_read_every_delivery()
    {
        var made = await SubscribeAsync(scope: "team");
        await SendAsync(Conference(Day(2, 26)));
        await MoveToAsync(At(3, 20));
        await LineIsAtRestAsync();
        Assert.True(receiver.Got.Count >= 10, $"{receiver.Got.Count}");

        const string Script = """
            const { Webhook } = require('standardwebhooks');
            const { HTTP } = require('cloudevents');
            const { secret, messages } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
            const hook = new Webhook(secret);
            for (const m of messages) {
                hook.verify(m.body, m.headers);
                const event = HTTP.toEvent({ headers: m.headers, body: m.body });
                event.validate();
                if (event.id !== m.headers['webhook-id'] || !event.data.alert) throw new Error('not what was sent');
            }
            console.log(messages.length);
            """;
        var said = await Node.RunAsync(Script, JsonSerializer.Serialize(new
        {
            secret = Text(made, "secret"),
            messages = receiver.Got.Select(g => new { headers = g.Headers, body = Encoding.UTF8.GetString(g.Body) }),
        }));
        Assert.Equal(receiver.Got.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), said.Trim());
    }

    [Fact]
    public async Task What_it_does_not_take_comes_again_by_the_ladder_with_the_same_id_and_its_owner_is_told_when_that_ends()
    {
        receiver.Answer = Status(500);
        var made = await SubscribeAsync(stages: "due_soon");
        await SendAsync(Conference(Day(2, 26)));
        await receiver.UntilAsync(1);
        var alerts = receiver.Got.Select(g => g.Id).Distinct().ToList();

        var at = Start;
        for (var tries = 0; tries < 12; tries++)
        {
            await LineIsAtRestAsync();
            at = at.AddHours(27);
            await MoveToAsync(at);
        }

        await LineIsAtRestAsync();
        Assert.Equal(10, receiver.Got.Count(g => g.Id == alerts[0]));
        Assert.Contains("could not be delivered in 10 attempts", Text(await OwnAsync(made), "disabledBecause"), StringComparison.Ordinal);
        var codes = (await manager.GetFromJsonAsync<List<JsonElement>>($"/api/subscriptions/{Text(made, "id")}/deliveries?failed=true"))!.Select(d => Text(d, "code")).Distinct();
        Assert.Equal(["http_500"], codes);

        receiver.Answer = Status(204);
        Assert.True((await manager.PostAsync($"/api/subscriptions/{Text(made, "id")}/resume", null)).IsSuccessStatusCode);
        await SendAsync(new ChildRegistered { Child = "c77", DateOfBirth = Day(1, 1), On = new(Day(3, 2)) });
        await LineIsAtRestAsync();
        Assert.Equal(11, receiver.Got.Count(g => g.Id == alerts[0]));
    }

    [Theory]
    [InlineData(301, "http_301")]
    [InlineData(404, "http_404")]
    [InlineData(429, "http_429")]
    public async Task Anything_but_success_is_failure_and_nothing_is_followed(int status, string code)
    {
        receiver.Answer = (http, _) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = $"{receiver.Address}/elsewhere";
            http.Response.Headers.RetryAfter = "7200";
            return Task.CompletedTask;
        };
        var made = await SubscribeAsync();
        await SendAsync(Conference(Day(2, 26)));
        await LineIsAtRestAsync();
        var tries = receiver.Got.Count;

        await MoveToAsync(Start.AddMinutes(110));
        await LineIsAtRestAsync();
        Assert.Equal(tries, receiver.Got.Count);
        await MoveToAsync(Start.AddMinutes(135));
        await LineIsAtRestAsync();

        Assert.True(receiver.Got.Count > tries);
        Assert.DoesNotContain(receiver.Got, g => g.Path == "/elsewhere");
        Assert.All((await manager.GetFromJsonAsync<List<JsonElement>>($"/api/subscriptions/{Text(made, "id")}/deliveries"))!, d => Assert.Equal(code, Text(d, "code")));
    }

    [Fact]
    public async Task One_that_wants_nothing_any_more_is_turned_off_at_once()
    {
        receiver.Answer = Status(410);
        var made = await SubscribeAsync();
        await SendAsync(Conference(Day(2, 26)));
        await LineIsAtRestAsync();

        Assert.Contains("410", Text(await OwnAsync(made), "disabledBecause"), StringComparison.Ordinal);
        Assert.Contains(
            "nothing could be delivered: 1.",
            string.Join(' ', (await Services.GetRequiredService<HealthReader>().ReadAsync(default)).Problems),
            StringComparison.Ordinal);
        using var pages = SignedIn("tm1", Role.TeamManager);
        Assert.Contains("Your alerts by webhook are not delivered", (await pages.PageAsync("/rules")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_end_and_a_head_that_does_not_come_keep_nobody_else_back()
    {
        await using var slow = await Receiver.StartAsync();
        slow.Answer = async (http, _) => await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        receiver.Answer = async (http, _) =>
        {
            for (var n = 0; n < 100_000 && !http.RequestAborted.IsCancellationRequested; n++)
            {
                await http.Response.Body.WriteAsync(new byte[1000]);
            }
        };
        await SubscribeAsync(address: slow.Address);
        var made = await SubscribeAsync();
        await SendAsync(Conference(Day(2, 26)));
        await receiver.UntilAsync(1);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while ((await manager.GetFromJsonAsync<List<JsonElement>>($"/api/subscriptions/{Text(made, "id")}/deliveries", late.Token))!.All(d => Text(d, "code") != "http_200"))
        {
            await Task.Delay(20, late.Token);
        }
    }

    [Fact]
    public async Task Two_secrets_sign_during_a_change_and_what_was_sent_can_be_sent_again()
    {
        var made = await SubscribeAsync();
        var changed = await (await manager.PostAsync($"/api/subscriptions/{Text(made, "id")}/rotate", null)).Content.ReadFromJsonAsync<JsonElement>();
        await SendAsync(Conference(Day(2, 26)));
        await LineIsAtRestAsync();
        var count = receiver.Got.Count;

        foreach (var secret in new[] { Text(made, "secret"), Text(changed, "secret") })
        {
            Assert.Equal(SignatureFault.None, StandardWebhooks.Verify(
                name => receiver.Got[0].Headers.GetValueOrDefault(name),
                receiver.Got[0].Body,
                [secret],
                TimeProvider.System.GetUtcNow()));
        }

        var again = await (await manager.PostAsJsonAsync($"/api/subscriptions/{Text(made, "id")}/replay", new { from = 0, to = 1_000_000 }))
            .Content.ReadFromJsonAsync<JsonElement>();
        await receiver.UntilAsync(2 * count);
        Assert.Equal(count, again.GetProperty("again").GetInt32());
        Assert.All(receiver.Got.GroupBy(g => g.Id), g => Assert.Equal(2, g.Count()));
    }

    [Fact]
    public async Task Nothing_is_sent_any_more_of_a_child_that_its_owner_lost_or_after_it_was_revoked()
    {
        receiver.Answer = Status(503);
        var made = await SubscribeAsync();
        await SendAsync(Conference(Day(2, 26)));
        await LineIsAtRestAsync();
        var before = receiver.Got.Count;

        await SendAsync(new WorkerLeft { Worker = "tm1", On = new(Day(3, 2)) });
        await MoveToAsync(Start.AddHours(1));
        await LineIsAtRestAsync();
        Assert.Equal(before, receiver.Got.Count);

        Assert.Equal(HttpStatusCode.NoContent, (await manager.DeleteAsync($"/api/subscriptions/{Text(made, "id")}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.DeleteAsync($"/api/subscriptions/{Text(made, "id")}")).StatusCode);
        Assert.Empty(await manager.GetFromJsonAsync<List<JsonElement>>("/api/subscriptions") ?? []);
    }

    [Theory]
    [InlineData("pigeon", "me", "https://example.org", "channel must be feed or one of")]
    [InlineData("webhook", "everyone", "https://example.org", "scope must be one of")]
    [InlineData("webhook", "me", "ftp://example.org", "address must be an https address")]
    [InlineData("webhook", "me", "https://user:pass@example.org", "address must be an https address")]
    [InlineData("webhook", "me", null, "address must be an https address outside private networks; Alerts:Channels:AllowPrivateAddresses allows others.")]
    [InlineData("email", "me", "a@example.org", "Email is not set up")]
    [InlineData("feed", "me", "https://example.org", "has no address to send to")]
    public async Task What_cannot_be_used_is_refused_with_a_sentence(string channel, string scope, string? address, string why)
    {
        using var answer = await manager.PostAsJsonAsync("/api/subscriptions", new { channel, scope, address });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(why, Text(await answer.Content.ReadFromJsonAsync<JsonElement>(), "detail"), StringComparison.Ordinal);
    }

    private static Func<HttpContext, Received, Task> Status(int status) => (http, _) =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    [Fact]
    public async Task Word_that_cannot_be_put_in_line_turns_health_red_until_it_can()
    {
        await SubscribeAsync();
        await QueryAsync("alter table practice.outbox add constraint shut check (false) not valid");
        await SendAsync(Conference(Day(2, 26)));
        await MoveToAsync(Start.AddMinutes(20));
        Assert.Contains((await HealthAsync()).Problems, p => p.Contains("is not in line to be sent", StringComparison.Ordinal));

        await QueryAsync("alter table practice.outbox drop constraint shut");
        await receiver.UntilAsync(1);
        await LineIsAtRestAsync();
        Assert.Empty((await HealthAsync()).Problems);
    }

    [Fact]
    public async Task A_message_that_nobody_sends_although_it_is_due_turns_health_red()
    {
        var made = await SubscribeAsync();
        await QueryAsync($"""
            insert into practice.outbox (channel, key, payload, created_at, due_at, claimed_until)
            values ('webhook/{Text(made, "id")}', 'k', '{"{}"}', '2026-03-02T08:00Z', '2026-03-02T08:50Z', '2027-01-01')
            """);

        Assert.Contains("The oldest message that is due to be sent has waited for 10 minutes.", (await HealthAsync()).Problems);
    }

    private Task<HealthDetail> HealthAsync() => Services.GetRequiredService<HealthReader>().ReadAsync(default);

    private async Task<JsonElement> SubscribeAsync(string scope = "me", string? stages = null, string? address = null)
    {
        using var answer = await manager.PostAsJsonAsync(
            "/api/subscriptions",
            new { channel = "webhook", scope, stages = stages is null ? null : new[] { stages }, address = address ?? receiver.Address });
        Assert.True(answer.StatusCode is HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<JsonElement> OwnAsync(JsonElement made) =>
        (await manager.GetFromJsonAsync<List<JsonElement>>("/api/subscriptions"))!.Single(s => Text(s, "id") == Text(made, "id"));

    // Everything said stands in line, and nothing in line is due or under way.
    private async Task LineIsAtRestAsync()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await QueryAsync("""
            select 'x' where exists (select from practice.alert_feed f where f.position > (select position from practice.sending_position))
            union all select 'x' from practice.outbox o join practice.subscriptions s on o.channel = s.channel || '/' || s.id
            where o.sent_at is null and s.disabled_at is null and s.revoked_at is null and (o.claimed_until is not null or o.due_at <= '
            """.TrimEnd() + Services.GetNow() + "')")).Count > 0)
        {
            await Task.Delay(20, late.Token);
        }
    }
}
