using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Access;
using PracticeEvents.App.Tests.Api;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>The live stream of alerts, for a reader whose connection keeps breaking.</summary>
public sealed class StreamStory : Council
{
    private const string Said = "select f.position::text from practice.alert_feed f order by f.position";

    [Fact]
    public async Task A_reader_who_is_cut_off_two_hundred_times_misses_nothing_and_is_told_nothing_twice()
    {
        using var http = await ReaderAsync("admin", Role.Administrator);
        var sending = Task.Run(async () =>
        {
            for (var n = 0; n < 90; n++)
            {
                await SendAsync(new ReferralReceived { Child = $"d{n}", On = new(Day(2, 2)), Ref = "r1" }, Conference(Day(1, 12), $"d{n}"));
            }
        });

        var (heard, last) = (new List<long>(), 0L);
        for (var cut = 0; cut < 200; cut++)
        {
            await using var stream = await LiveStream.OpenAsync(http, "all", last);
            for (var take = 1 + (cut % 3); take > 0; take--)
            {
                heard.Add(last = (await stream.NextAsync()).Id);
            }
        }

        await sending;
        var said = (await QueryAsync(Said)).Select(p => long.Parse(p, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(said.Take(heard.Count), heard);
    }

    [Fact]
    public async Task A_stream_ends_by_itself_once_its_token_was_revoked()
    {
        using var http = await ReaderAsync("tm1", Role.TeamManager);
        await using var stream = await LiveStream.OpenAsync(http, "team");

        var tokens = Services.GetRequiredService<Tokens>();
        await tokens.RevokeAsync([.. (await tokens.ListAsync("tm1", default)).Select(t => t.Id)], Start, default);

        await Assert.ThrowsAsync<EndOfStreamException>(stream.NextAsync);
    }

    [Fact]
    public async Task A_word_for_whose_alerts_that_is_not_known_is_refused_and_not_taken_for_ones_own()
    {
        using var http = await ReaderAsync("tm1", Role.TeamManager);
        using var answer = await http.GetAsync("/api/alerts/stream?for=teams");

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("for must be one of me, team, service, watching, all.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_that_was_never_given_out_is_answered_by_a_reset()
    {
        using var http = await ReaderAsync("admin", Role.Administrator);
        await using var stream = await LiveStream.OpenAsync(http, "all", 999_999_999);

        Assert.Equal("reset", (await stream.NextAsync()).Name);
    }

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("-1")]
    [InlineData("x")]
    public async Task An_id_that_cannot_be_read_is_answered_by_a_reset_and_not_by_silence(string id)
    {
        using var http = await ReaderAsync("admin", Role.Administrator);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/alerts/stream?for=all");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", id);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await reader.ReadLineAsync(late.Token) is { } line && line != "event: reset")
        {
            Assert.DoesNotContain("event: alert", line, StringComparison.Ordinal);
        }

        Assert.False(late.IsCancellationRequested);
    }
}
