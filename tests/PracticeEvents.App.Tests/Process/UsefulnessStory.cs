using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>Which rules people act on, and which only teach them to look away.</summary>
public sealed class UsefulnessStory : Council
{
    private const string Rule = "core-group-first-10wd";

    [Fact]
    public async Task What_became_of_a_rule_s_alerts_is_counted_and_the_least_useful_come_first()
    {
        var children = Enumerable.Range(1, 12).Select(n => $"u{n}").ToList();
        await SendAsync([.. children.SelectMany(child => new PracticeEvent[]
        {
            new CaseAllocated { Child = child, Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) }, Conference(Day(2, 26), child),
        })]);
        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        var mine = (await worker.GetFromJsonAsync<List<JsonElement>>("/api/alerts?for=me"))!.Where(a => Text(a, "rule") == Rule).ToList();
        Assert.Equal(12, mine.Count);
        Assert.True((await worker.PostAsync($"/api/alerts/{Text(mine[^1], "id")}/acknowledge", null)).IsSuccessStatusCode);
        Assert.True((await worker.PostAsJsonAsync($"/api/alerts/{Text(mine[^2], "id")}/not-right", new { reasonCode = "should_not_apply" })).IsSuccessStatusCode);

        // Three are done four days later, and for two the plan ends.
        await MoveToAsync(At(3, 6));
        await SendAsync([.. children.Take(3).Select(child => new CoreGroupHeld { Child = child, On = new(Day(3, 6)) })]);
        await SendAsync([.. children.Skip(3).Take(2).Select(child => new ChildProtectionPlanEnded { Child = child, On = new(Day(3, 6)) })]);

        var use = (await GetAsync("/api/rules/usefulness")).Single(u => Text(u, "rule") == Rule);
        Assert.Equal(
            ["36", "21", "10", "6", "1", "0.278", "0.167", "4"],
            new[] { "raised", "open", "actedOn", "withdrawn", "notRight", "actedOnShare", "withdrawnShare", "daysToSettle" }.Select(member => Text(use, member)));
        var shares = (await GetAsync("/api/rules/usefulness")).Select(u => Text(u, "withdrawnShare")).ToList();
        Assert.Equal(
            shares.OrderByDescending(s => s.Length > 0)
                .ThenByDescending(s => s.Length > 0 ? double.Parse(s, System.Globalization.CultureInfo.InvariantCulture) : 0),
            shares);

        Assert.Empty(await GetAsync("/api/rules/usefulness?from=2025-01-01&to=2025-02-01"));
        Assert.Equal(HttpStatusCode.BadRequest, (await worker.GetAsync("/api/rules/usefulness?from=soon")).StatusCode);
    }
}
