using System.Net;
using System.Text.Json;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>Proof that those who must know at once were told, and when they read it.</summary>
public sealed class NoticeStory : Council
{
    [Fact]
    public async Task It_is_known_who_was_told_when_and_who_has_not_read_it_in_time()
    {
        await SendAsync(
            new WorkerRegistered { Worker = "iro1", Roles = [Role.Iro], On = new(Day(1, 5)) },
            new WorkerRegistered { Worker = "hsg", Roles = [Role.HeadOfSafeguarding], On = new(Day(1, 5)) },
            new CaseAllocated { Child = "c1", Worker = "iro1", Role = CaseRole.Iro, On = new(Day(1, 5)) },
            new LegalGatewayHeld { Child = "c1", On = new(Day(3, 2)), Decision = GatewayDecision.Issue });
        var told = (await GetAsync("/api/notices")).ToLookup(n => Text(n, "to"));
        Assert.Equal(["ch1", "iro1"], told.Select(t => t.Key).Order(StringComparer.Ordinal));
        Assert.All(told.SelectMany(t => t), n => Assert.Equal(("unread", "2026-03-02T09:00:00+00:00"), (Text(n, "state"), Text(n, "toldAt"))));

        await MoveToAsync(At(3, 3, 15));
        using var chair = await ReaderAsync("ch1", Role.CpChair);
        foreach (var notice in told["ch1"])
        {
            Assert.True((await chair.PostAsync($"/api/alerts/{Text(notice, "alert")}/read", null)).IsSuccessStatusCode);
        }

        await MoveToAsync(At(3, 6, 9));
        var late = await GetAsync("/api/notices?state=unread_late,read_late");
        Assert.Equal(["iro1"], late.Select(n => Text(n, "to")).Distinct());
        Assert.All(
            await GetAsync("/api/notices?state=read"),
            n => Assert.Equal(("ch1", "2026-03-03T15:00:00+00:00", "1"), (Text(n, "to"), Text(n, "readAt"), Text(n, "workingDays"))));
        Assert.Empty(await GetAsync("/api/notices?from=2026-03-03"));
    }

    [Theory]
    [InlineData("for=everyone")]
    [InlineData("state=lost")]
    [InlineData("from=tomorrow")]
    public async Task What_cannot_be_asked_is_refused(string query)
    {
        using var admin = await ReaderAsync("admin", Role.Administrator);
        using var answer = await admin.GetAsync($"/api/notices?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.TryGetProperty("detail", out _));
    }
}
