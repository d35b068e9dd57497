using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PracticeEvents.App.Tests.Process;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Api;

/// <summary>What programs pull, by whose token they ask, and what a token is good for once its owner has left.</summary>
public sealed class PulledEventsStory : Council
{
    private const string Supervisions = "supervision-staff-monthly";

    [Fact]
    public async Task What_names_children_or_staff_without_being_structure_is_pulled_by_those_alone_who_see_every_child()
    {
        await SendAsync(
            Conference(Day(2, 26)), new SupervisionHeld { Worker = "sw1", Children = ["c1", "c2"], On = new(Day(2, 27)) },
            new DipSampleCompleted { Manager = "tm1", On = new(Day(2, 27)) });

        var all = await TypesAsync("admin", Role.Administrator);
        Assert.Superset(
            new HashSet<string>(["practice.supervision_held", "practice.dip_sample_completed", "practice.alert_raised", "practice.initial_conference_held"]), all);
        Assert.Equal(
            ["practice.calendar_published", "practice.case_allocated", "practice.initial_conference_held", "practice.rules_published", "practice.team_registered"],
            (await TypesAsync("sw1", Role.SocialWorker)).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["practice.calendar_published", "practice.rules_published", "practice.team_registered"],
            (await TypesAsync("sw9", Role.SocialWorker)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_token_of_somebody_who_has_left_pulls_nothing_reads_no_inbox_and_asks_no_what_if()
    {
        using var leaver = await ReaderAsync("d1", Role.DataStaff, Role.HeadOfSafeguarding, Role.Administrator);
        await SendAsync(Conference(Day(2, 26)), new WorkerRegistered { Worker = "d1", Roles = [Role.DataStaff], On = new(Day(1, 5)) });
        Assert.Equal(HttpStatusCode.OK, (await leaver.GetAsync("/api/inbox")).StatusCode);
        Assert.NotEqual(HttpStatusCode.Forbidden, (await WhatIfAsync(leaver)).StatusCode);
        Assert.NotEmpty((await PulledAsync(leaver)).GetProperty("items").EnumerateArray());

        await SendAsync(new WorkerLeft { Worker = "d1", On = new(Day(3, 1)) });

        Assert.Equal(HttpStatusCode.Forbidden, (await leaver.GetAsync("/api/inbox")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await leaver.GetAsync("/api/inbox/1")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await WhatIfAsync(leaver)).StatusCode);
        var page = await PulledAsync(leaver);
        Assert.Empty(page.GetProperty("items").EnumerateArray());
        Assert.True(page.GetProperty("next").GetInt64() > 0);
    }

    [Fact]
    public async Task Whoever_is_registered_as_data_staff_reads_the_inbox_by_a_token_that_says_nothing_of_roles()
    {
        using var worker = await ReaderAsync("d2");
        Assert.Equal(HttpStatusCode.Forbidden, (await worker.GetAsync("/api/inbox")).StatusCode);

        await SendAsync(new WorkerRegistered { Worker = "d2", Roles = [Role.DataStaff], On = new(Day(1, 5)) });

        Assert.Equal(HttpStatusCode.OK, (await worker.GetAsync("/api/inbox")).StatusCode);
        using var nobody = new HttpClient { BaseAddress = new Uri(Url) };
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/api/inbox")).StatusCode);
    }

    [Fact]
    public async Task A_head_of_service_who_has_left_is_not_told_the_figures_of_staff()
    {
        using var head = await ReaderAsync("hos1", Role.HeadOfService);
        await SendAsync(
            new WorkerRegistered { Worker = "sw1", Roles = [Role.SocialWorker], Team = "t1", On = new(Day(1, 5)) },
            new WorkerRegistered { Worker = "hos1", Roles = [Role.HeadOfService], On = new(Day(1, 5)) });
        Assert.NotEqual(0, await SupervisionsDueAsync(head));

        await SendAsync(new WorkerLeft { Worker = "hos1", On = new(Day(3, 1)) });

        Assert.Equal(0, await SupervisionsDueAsync(head));
    }

    private static async Task<int> SupervisionsDueAsync(HttpClient reader) =>
        (await reader.GetFromJsonAsync<List<JsonElement>>("/api/measures?from=2026-01-01&to=2026-02-28"))!
            .Where(f => Text(f, "measure") == Supervisions).Sum(f => f.GetProperty("asKnownNow").GetProperty("denominator").GetInt32());

    private static Task<HttpResponseMessage> WhatIfAsync(HttpClient reader) =>
        reader.PostAsJsonAsync("/api/what-if", new { from = "2026-02-01", to = "2026-03-01", changes = Array.Empty<object>() });

    private static Task<JsonElement> PulledAsync(HttpClient reader) => reader.GetFromJsonAsync<JsonElement>("/api/events?after=0&limit=1000");

    private async Task<ISet<string>> TypesAsync(string worker, Role role)
    {
        using var reader = await ReaderAsync(worker, role);
        return (await PulledAsync(reader)).GetProperty("items").EnumerateArray().Select(e => Text(e, "type")).ToHashSet(StringComparer.Ordinal);
    }
}
