using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using PracticeEvents.App.Tests.Process;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.App.Tests.Web.Teams;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Web.Alerts;

/// <summary>Pages for many alerts: taken on together, said not to be right, and not delivered.</summary>
public sealed class Many_alerts_pages : Council
{
    [Fact]
    public async Task Several_are_taken_on_with_a_reason_after_being_asked_whether_one_is_sure()
    {
        await ConferencesAsync(3);
        using var worker = SignedIn("sw1", Role.SocialWorker);
        var list = await worker.PageAsync("/alerts");
        Assert.Contains(list.QuerySelectorAll("a"), a => a.GetAttribute("href") == "/alerts/take-on");
        var page = await worker.PageAsync("/alerts/take-on");
        var ids = page.QuerySelectorAll("input[name='ids']").Select(i => i.GetAttribute("value")!).ToList();
        Assert.True(ids.Count >= 3);

        using var none = await PostAsync(worker, page, "/alerts/take-on", [], "supervision");
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        using var noReason = await PostAsync(worker, page, "/alerts/take-on", ids.Take(2), "");
        var again = await Reader.ParseAsync(noReason);
        Assert.Contains("Choose a reason", PageText.Text(again.QuerySelector(".govuk-error-summary")!), StringComparison.Ordinal);
        Assert.Equal(2, again.QuerySelectorAll("input[name='ids'][checked]").Length);

        using var asked = await PostAsync(worker, page, "/alerts/take-on", ids.Take(2), "supervision");
        var sure = await Reader.ParseAsync(asked);
        Assert.Contains("Are you dealing with these?", sure.Title!, StringComparison.Ordinal);
        Assert.Contains("Gone through in supervision", PageText.Text(sure.QuerySelector("main")!), StringComparison.Ordinal);
        Assert.Empty(await QueryAsync("select id from practice.alerts where acknowledged_by is not null"));

        using var done = await PostAsync(worker, sure, "/alerts/take-on?handler=Confirm", [ids[0], ids[1], "a000000000000000000000000"], "supervision");
        var main = PageText.Text((await Reader.ParseAsync(done)).QuerySelector("main")!);
        Assert.Contains("You are dealing with 2 alerts.", main, StringComparison.Ordinal);
        Assert.Contains("There is no alert a000000000000000000000000.", main, StringComparison.Ordinal);
        Assert.Equal(ids.Take(2).Order(StringComparer.Ordinal), await QueryAsync("select id from practice.alerts where acknowledged_by = 'sw1' order by id collate \"C\""));
        Assert.Equal(["supervision", "supervision"], await QueryAsync("select data ->> 'noteCode' from public.mt_events where type = 'alert_acknowledged'"));
    }

    [Fact]
    public async Task What_is_said_not_to_be_right_is_answered_by_data_staff_and_nobody_else()
    {
        await ConferencesAsync(1);
        using var worker = SignedIn("sw1", Role.SocialWorker);
        using var api = await ReaderAsync("sw1", Role.SocialWorker);
        var alert = Text((await api.GetFromJsonAsync<List<JsonElement>>("/api/alerts?for=me"))!.First(a => Text(a, "rule") == "core-group-first-10wd"), "id");
        Assert.True((await api.PostAsJsonAsync($"/api/alerts/{alert}/not-right", new { reasonCode = "wrong_date" })).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await worker.TryPageAsync("/alerts/not-right")).Status);

        using var staff = SignedIn("data1", Role.DataStaff);
        var page = await staff.PageAsync("/alerts/not-right");
        Assert.Contains("The date is wrong", PageText.Text(page.QuerySelector("tbody tr")!), StringComparison.Ordinal);
        using var none = await staff.SubmitAsync((IHtmlFormElement)page.QuerySelector("tbody form")!, ("answer", ""));
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        Assert.Empty(await QueryAsync("select id::text from public.mt_events where type = 'alert_question_answered'"));
        using var answered = await staff.SubmitAsync((IHtmlFormElement)page.QuerySelector("tbody form")!, ("answer", nameof(AlertAnswer.RecordCorrected)));
        var after = await Reader.ParseAsync(answered);
        Assert.Contains("Kept.", PageText.Text(after.QuerySelector("main")!), StringComparison.Ordinal);
        Assert.Contains("Nobody has said that an alert is not right", PageText.Text(after.QuerySelector("main")!), StringComparison.Ordinal);
        Assert.Contains("The record was put right.", PageText.Text((await worker.PageAsync($"/alerts/{alert}")).QuerySelector("main")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_way_that_no_longer_works_is_told_to_whoever_answers_for_the_person()
    {
        using var manager = await ReaderAsync("tm1", Role.TeamManager);
        Assert.True((await manager.PostAsJsonAsync("/api/subscriptions", new { channel = "teams", address = "https://workflows.example/1" })).IsSuccessStatusCode);
        await QueryAsync("update practice.subscriptions set disabled_at = created_at, disabled_because = 'It could not be delivered.' returning channel");

        Assert.Contains("Your alerts by teams are not delivered", await BannersAsync("tm1", Role.TeamManager), StringComparison.Ordinal);
        Assert.Contains("Alerts for tm1 by teams are not delivered", await BannersAsync("hos1", Role.HeadOfService), StringComparison.Ordinal);
        Assert.Contains("Alerts for tm1 by teams are not delivered", await BannersAsync("admin", Role.Administrator), StringComparison.Ordinal);
        Assert.Equal("", await BannersAsync("sw1", Role.SocialWorker));
    }

    private async Task<string> BannersAsync(string worker, Role role)
    {
        using var reader = SignedIn(worker, role);
        return string.Join(' ', (await reader.PageAsync("/alerts")).QuerySelectorAll(".practice-stale").Select(PageText.Text));
    }

    private Task ConferencesAsync(int children) => SendAsync([.. Enumerable.Range(1, children).SelectMany(n => new PracticeEvent[]
    {
        new CaseAllocated { Child = $"m{n}", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) }, Conference(Day(2, 26), $"m{n}"),
    })]);

    private static Task<HttpResponseMessage> PostAsync(Reader reader, IDocument page, string address, IEnumerable<string> ids, string reason) =>
        reader.Http.PostAsync(address, new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", page.QuerySelector("input[name='__RequestVerificationToken']")!.GetAttribute("value")!),
            new("reason", reason),
            .. ids.Select(id => new KeyValuePair<string, string>("ids", id)),
        ]));
}
