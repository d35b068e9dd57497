using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Process.Proving;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>What people say to their alerts over HTTP, and what follows.</summary>
public sealed class LifeStory : Council
{
    private const string Rule = "core-group-first-10wd";

    [Fact]
    public async Task Taken_on_it_goes_up_later_and_its_date_stays()
    {
        await SendAsync(Conference(Day(2, 26)));
        await MoveToAsync(At(3, 13));
        await SayAsync("tm1", await IdAsync("tm1"), "acknowledge");

        await MoveToAsync(At(3, 24, 23));
        Assert.DoesNotContain("hos1 escalated open", await AlertsAsync(Rule));

        await MoveToAsync(At(3, 25));
        Assert.Contains("hos1 escalated open", await AlertsAsync(Rule));
        Assert.Equal("2026-03-12", Text(await AlertAsync(await IdAsync("hos1")), "due"));
        Assert.Equal("tm1", Text(await AlertAsync(await IdAsync("tm1")), "acknowledgedBy"));
        await ProvenAsync();
    }

    [Fact]
    public async Task A_reminder_comes_on_its_day_and_never_after_the_due_date()
    {
        await SendAsync(Conference(Day(2, 26)));
        await MoveToAsync(At(3, 6));
        var id = await IdAsync("sw1");

        Assert.Contains(
            "no later than the due date, 2026-03-12",
            await RefusedAsync("sw1", id, "remind-me", new { on = "2026-03-13" }, HttpStatusCode.BadRequest),
            StringComparison.Ordinal);
        Assert.Contains("after today, 2026-03-06", await RefusedAsync("sw1", id, "remind-me", new { on = "2026-03-06" }, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Equal("2026-03-10", Text(await SayAsync("sw1", id, "remind-me", new { on = "2026-03-10" }), "remindOn"));

        await MoveToAsync(At(3, 9, 23));
        Assert.Empty(await QueryAsync("select kind from practice.alert_feed where kind = 'alert_reminded'"));
        await MoveToAsync(At(3, 10));
        Assert.Equal(["sw1"], await QueryAsync("select recipient from practice.alert_feed where kind = 'alert_reminded'"));
        await MoveToAsync(At(3, 11));
        Assert.Single(await QueryAsync("select recipient from practice.alert_feed where kind = 'alert_reminded'"));
        await ProvenAsync();
    }

    [Fact]
    public async Task Passed_on_it_is_with_another_at_once()
    {
        await SendAsync(
            new WorkerRegistered { Worker = "sw2", Roles = [Role.SocialWorker], Team = "t1", On = new(Day(1, 5)) },
            new WorkerRegistered { Worker = "sw9", Roles = [Role.SocialWorker], Team = "t9", On = new(Day(1, 5)) },
            new TeamRegistered { Team = "t9", TeamManager = "tm9", On = new(Day(1, 5)) },
            Conference(Day(2, 26)));
        await MoveToAsync(At(3, 6));
        var id = await IdAsync("sw1");

        Assert.Contains("No worker with the reference sw7", await RefusedAsync("tm1", id, "reassign", new { worker = "sw7" }, HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Contains("may not see", await RefusedAsync("tm1", id, "reassign", new { worker = "sw9" }, HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Contains(
            "Only whoever was told",
            await RefusedAsync("sw1", await IdAsync("tm1"), "reassign", new { worker = "sw2" }, HttpStatusCode.Conflict),
            StringComparison.Ordinal);
        await SayAsync("tm1", id, "reassign", new { worker = "sw2" });
        await SettleAsync();

        Assert.Contains("sw2 due_soon open", await AlertsAsync(Rule));
        Assert.Contains("sw1 due_soon withdrawn", await AlertsAsync(Rule));
        await MoveToAsync(At(3, 12));
        Assert.Contains("sw2 due open", await AlertsAsync(Rule));

        // Whoever passed it on goes away: it stays with the other. The other goes away: it comes back to whoever stands in.
        await SendAsync(new AbsenceRecorded { Worker = "sw1", From = Day(3, 12), To = Day(3, 31), On = new(Day(3, 12)) });
        Assert.Contains("sw2 due open", await AlertsAsync(Rule));
        await SendAsync(new WorkerLeft { Worker = "sw2", On = new(Day(3, 12)) });
        Assert.Contains("sw2 due withdrawn", await AlertsAsync(Rule));
        Assert.Contains("tm1 due open", await AlertsAsync(Rule));
        await ProvenAsync();
    }

    [Fact]
    public async Task What_is_said_not_to_be_right_is_a_task_for_data_staff_and_silences_nothing()
    {
        await SendAsync(Conference(Day(2, 26)));
        await MoveToAsync(At(3, 6));
        var id = await IdAsync("sw1");

        await SayAsync("sw1", id, "not-right", new { reasonCode = "done_not_recorded" });

        Assert.Equal(HttpStatusCode.Forbidden, (await AnswerAsync("sw1", id)).StatusCode);
        using var data = await ReaderAsync("data1", Role.DataStaff);
        var task = Assert.Single(await data.GetFromJsonAsync<List<JsonElement>>("/api/alerts/questioned") ?? []);
        Assert.Equal(("done_not_recorded", "open"), (Text(task, "questioned"), Text(task, "status")));
        Assert.True((await AnswerAsync("data1", id, Role.DataStaff)).IsSuccessStatusCode);
        Assert.Empty(await data.GetFromJsonAsync<List<JsonElement>>("/api/alerts/questioned") ?? []);
        await MoveToAsync(At(3, 12));
        Assert.Contains("sw1 due open", await AlertsAsync(Rule));
    }

    [Fact]
    public async Task Several_can_be_taken_on_at_once_with_a_reason()
    {
        await SendAsync(Conference(Day(2, 26)));
        await MoveToAsync(At(3, 6));
        using var manager = await ReaderAsync("tm1", Role.TeamManager);
        var ids = (await manager.GetFromJsonAsync<List<JsonElement>>("/api/alerts?for=me"))!.ConvertAll(a => Text(a, "id"));

        var answer = await manager.PostAsJsonAsync("/api/alerts/acknowledge", new { ids = ids.Append("a000000000000000000000000"), noteCode = "supervision" });

        var results = (await answer.Content.ReadFromJsonAsync<List<JsonElement>>())!;
        Assert.Equal(ids.Select(_ => "acknowledged").Append("refused"), results.ConvertAll(r => Text(r, "status")));
        Assert.Equal(ids.Select(_ => "supervision"), await QueryAsync("select data ->> 'noteCode' from public.mt_events where type = 'alert_acknowledged'"));
        Assert.Equal(HttpStatusCode.BadRequest, (await manager.PostAsJsonAsync("/api/alerts/acknowledge", new { ids, noteCode = "" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await manager.PostAsJsonAsync("/api/alerts/acknowledge", new { ids, noteCode = "rang Mrs Smith" })).StatusCode);
    }

    [Fact]
    public async Task The_first_look_of_whoever_was_told_is_remembered()
    {
        await SendAsync(Conference(Day(2, 26)));
        await MoveToAsync(At(3, 6));
        var id = await IdAsync("sw1");
        Assert.Equal("", Text(await AlertAsync(id), "seenAt"));

        using var worker = await ReaderAsync("sw1", Role.SocialWorker);
        await worker.GetStringAsync($"/api/alerts/{id}");
        await worker.GetStringAsync($"/api/alerts/{id}");

        Assert.NotEqual("", Text(await AlertAsync(id), "seenAt"));
        Assert.Single(await QueryAsync("select type from public.mt_events where type = 'alert_seen'"));
    }

    private async Task<string> IdAsync(string worker) =>
        (await GetAsync("/api/alerts?for=all&status=open,acknowledged")).Where(a => Text(a, "rule") == Rule && Text(a, "to") == worker).Select(a => Text(a, "id")).Single();

    private async Task<JsonElement> AlertAsync(string id) => (await GetAsync("/api/alerts?for=all")).Single(a => Text(a, "id") == id);

    private async Task<JsonElement> SayAsync(string worker, string id, string what, object? body = null)
    {
        using var reader = await ReaderAsync(worker);
        using var answer = await reader.PostAsJsonAsync($"/api/alerts/{id}/{what}", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<string> RefusedAsync(string worker, string id, string what, object body, HttpStatusCode status)
    {
        using var reader = await ReaderAsync(worker);
        using var answer = await reader.PostAsJsonAsync($"/api/alerts/{id}/{what}", body);
        Assert.Equal(status, answer.StatusCode);
        return Text(await answer.Content.ReadFromJsonAsync<JsonElement>(), "detail");
    }

    private async Task<HttpResponseMessage> AnswerAsync(string worker, string id, params Role[] roles)
    {
        using var reader = await ReaderAsync(worker, roles);
        return await reader.PostAsJsonAsync($"/api/alerts/{id}/answer", new { answer = "record_corrected" });
    }

    private async Task ProvenAsync()
    {
        var proved = await Services.GetRequiredService<Proof>().RunAsync(null, default);
        Assert.Empty(proved.Findings);
        Assert.Equal(0, proved.Behind);
    }
}
