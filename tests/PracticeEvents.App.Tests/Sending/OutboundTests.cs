using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using PracticeEvents.App.Alerts.Channels;
using PracticeEvents.App.Alerts.Sending;
using PracticeEvents.Domain.Alerts;
using Xunit;

namespace PracticeEvents.App.Tests.Sending;

/// <summary>What leaves the service, and where it never goes.</summary>
public sealed class OutboundTests
{
    private static readonly Subscription Somebody = new(Guid.NewGuid(), "tm1", [], "webhook", "me", [], SendingTimes.AtOnce, null, [], default, null, null);

    private static readonly Notice Test = new("msg_1", [], new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), new Uri("https://practice.council.example/alerts"));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:a00:1::")]
    public void An_address_inside_is_private(string address) => Assert.True(OutboundHttp.IsPrivate(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("192.0.1.1")]
    [InlineData("2606:4700::1")]
    public void An_address_outside_is_not(string address) => Assert.False(OutboundHttp.IsPrivate(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://example.org/hook", true)]
    [InlineData("http://example.org/hook", false)]
    [InlineData("https://127.0.0.1/", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://[::ffff:10.0.0.1]/", false)]
    [InlineData("https://0x7f000001/", false)]
    [InlineData("https://2130706433/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("/hook", false)]
    public void Only_an_https_address_outside_is_taken(string address, bool taken) => Assert.Equal(taken, Http(isPrivateAllowed: false).Takes(address));

    [Fact]
    public async Task A_name_that_leads_inside_is_not_called()
    {
        await using var receiver = await Receiver.StartAsync();
        var address = receiver.Address.Replace("http://127.0.0.1", "https://localhost", StringComparison.Ordinal);

        var attempt = await SendAsync(Http(isPrivateAllowed: false), address);

        Assert.Equal("private_address", attempt.Code);
        Assert.Empty(receiver.Got);
    }

    [Fact]
    public async Task Each_way_in_which_a_receiver_can_fail_has_a_code_of_its_own()
    {
        await using var receiver = await Receiver.StartAsync();
        using var http = Http(isPrivateAllowed: true);
        var closed = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var refusing = $"http://{closed.LocalEndpoint}";
        closed.Stop();

        Assert.Equal("not_reachable", (await SendAsync(http, refusing)).Code);
        Assert.Equal("name_not_found", (await SendAsync(http, "https://no-such-host.invalid/")).Code);
        Assert.Equal("tls_error", (await SendAsync(http, receiver.Address.Replace("http:", "https:", StringComparison.Ordinal))).Code);
        receiver.Answer = (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        Assert.Equal("connection_broken", (await SendAsync(http, receiver.Address)).Code);
    }

    [Fact]
    public async Task Teams_gets_a_card_with_a_button_to_the_alert()
    {
        await using var receiver = await Receiver.StartAsync();
        using var http = Http(isPrivateAllowed: true);

        Assert.True((await new Teams(http).SendAsync(Somebody with { Address = receiver.Address }, Test, default)).IsSent);

        var card = JsonDocument.Parse(receiver.Got[0].Body).RootElement.GetProperty("attachments")[0];
        Assert.Equal("application/vnd.microsoft.card.adaptive", card.GetProperty("contentType").GetString());
        Assert.Equal("https://practice.council.example/alerts", card.GetProperty("content").GetProperty("actions")[0].GetProperty("url").GetString());
    }

    [Fact]
    public async Task Notify_gets_the_template_s_fields_and_a_token_made_from_the_key()
    {
        await using var receiver = await Receiver.StartAsync();
        using var http = Http(isPrivateAllowed: true);
        var (service, secret) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Alerts:Channels:Notify:ApiKey"] = $"practice-{service}-{secret}",
            ["Alerts:Channels:Notify:Template"] = "t1",
            ["Alerts:Channels:Notify:Address"] = receiver.Address,
        }).Build();
        receiver.Answer = (context, _) => context.Response.WriteAsJsonAsync(new { id = "n1" });

        Assert.True((await new Notify(http, configuration).SendAsync(Somebody with { Address = "a@council.example" }, Test, default)).IsSent);

        var got = receiver.Got[0];
        Assert.Equal("/v2/notifications/email", got.Path);
        var body = JsonDocument.Parse(got.Body).RootElement;
        Assert.Equal(
            ("a@council.example", "t1", "msg_1"),
            (body.GetProperty("email_address").GetString(), body.GetProperty("template_id").GetString(), body.GetProperty("reference").GetString()));
        Assert.Equal(["line", "due", "link"], body.GetProperty("personalisation").EnumerateObject().Select(p => p.Name));
        var parts = got.Headers["authorization"]["Bearer ".Length..].Split('.');
        var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])).RootElement;
        Assert.Equal(service, claims.GetProperty("iss").GetString());
        Assert.Equal(
            System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{parts[0]}.{parts[1]}")),
            System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]));
    }

    private static OutboundHttp Http(bool isPrivateAllowed) => new(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Alerts:Channels:AllowPrivateAddresses"] = isPrivateAllowed ? "true" : "false" }).Build());

    private static async Task<Attempt> SendAsync(OutboundHttp http, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(new { }) };
        return await http.SendAsync(request, default);
    }
}
