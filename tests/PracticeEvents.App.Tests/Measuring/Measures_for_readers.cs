using System.Net;
using System.Text.Json;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Measures;
using Xunit;

namespace PracticeEvents.App.Tests.Measuring;

/// <summary>Figures of measures over HTTP, and their pages.</summary>
public sealed class Measures_for_readers(MeasuredStory story) : IClassFixture<MeasuredStory>
{
    private const string Winter = "from=2025-12-01&to=2026-02-28";

    [Fact]
    public async Task What_the_database_adds_up_is_what_the_same_cases_make_when_they_are_worked_out_anew()
    {
        foreach (var path in MeasureCatalogue.All.Select(m => $"/api/measures/{m.About.Id}?{Winter}").Append($"/api/measures?{Winter}"))
        {
            var live = await story.ListAsync(path, "admin", Role.Administrator);
            var anew = await story.ListAsync($"{path}&asAt=2026-03-02T09:00:00Z", "admin", Role.Administrator);

            Assert.Equal(live.Select(f => Raw(f, "asKnownNow")), anew.Select(f => Raw(f, "asKnownNow")));
            Assert.Equal(live.Select(f => Raw(f, "asKnownNow")), anew.Select(f => Raw(f, "asReportedThen")));
            Assert.All(anew, f => Assert.Equal(0, f.GetProperty("casesThatDiffer").GetInt32()));
        }
    }

    [Fact]
    public async Task A_figure_is_of_the_children_whom_the_reader_may_see()
    {
        Assert.Equal(2, Denominator(await FigureAsync("re-referrals-12m", "admin", Role.Administrator)));
        Assert.Equal(1, Denominator(await FigureAsync("re-referrals-12m", "tm1", Role.TeamManager)));
    }

    [Fact]
    public async Task A_team_named_narrows_to_its_cases_and_shows_nothing_more()
    {
        Assert.Equal(1, Denominator((await story.ListAsync($"/api/measures?{Winter}&team=t2", "admin", Role.Administrator)).Single(IsOf("re-referrals-12m"))));
        Assert.Equal(0, Denominator((await story.ListAsync($"/api/measures?{Winter}&team=t2", "tm1", Role.TeamManager)).Single(IsOf("re-referrals-12m"))));
        Assert.Equal(1, Denominator((await story.ListAsync($"/api/measures?{Winter}&service=s1", "admin", Role.Administrator)).Single(IsOf("re-referrals-12m"))));
    }

    [Fact]
    public async Task Staff_measures_are_for_those_who_manage_the_team()
    {
        Assert.Equal(3, Denominator(await FigureAsync("supervision-staff-monthly", "tm1", Role.TeamManager)));
        Assert.Equal(0, Denominator(await FigureAsync("supervision-staff-monthly", "sw1", Role.SocialWorker)));
        Assert.Equal(6, Denominator(await FigureAsync("supervision-staff-monthly", "admin", Role.Administrator)));
    }

    [Fact]
    public async Task Months_and_teams_are_told_apart()
    {
        var months = await story.ListAsync($"/api/measures/pre-pro-audit-50?{Winter}", "admin", Role.Administrator);
        Assert.Equal(
            ["2025-12-01 0/0", "2026-01-01 1/1", "2026-02-01 0/1"],
            months.Select(m => $"{m.GetProperty("from")} {m.GetProperty("asKnownNow").GetProperty("numerator")}/{Denominator(m)}"));

        var teams = await story.ListAsync($"/api/measures/seen-alone?{Winter}&by=team", "admin", Role.Administrator);
        Assert.Equal(["t1 1", "t2 1"], teams.Select(t => $"{t.GetProperty("team")} {Denominator(t)}"));
        Assert.All(teams, t => Assert.Equal(1, t.GetProperty("asKnownNow").GetProperty("notRecorded").GetInt32()));
    }

    [Fact]
    public async Task The_cases_behind_a_figure_name_children_by_reference()
    {
        var cases = await story.ListAsync("/api/measures/placed-with-parents-monitoring/cases?from=2026-02-01&to=2026-02-28", "tm1", Role.TeamManager);
        Assert.Equal([MeasuredStory.Here], cases.Select(c => c.GetProperty("child").GetString()));
    }

    [Theory]
    [InlineData("/api/measures?from=yesterday")]
    [InlineData("/api/measures?from=2026-03-01&to=2026-02-01")]
    [InlineData("/api/measures?asAt=soon")]
    [InlineData("/api/measures/seen-alone?by=worker")]
    public async Task What_cannot_be_read_is_a_problem(string path)
    {
        using var answer = await story.AskAsync(path, "admin", Role.Administrator);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Figures_come_as_csv_with_what_was_reported_then_in_a_row_of_its_own()
    {
        using var answer = await story.AskAsync($"/api/measures/seen-alone?{Winter}&by=team&asAt=2026-03-02&format=csv", "admin", Role.Administrator);
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + (2 * 2), lines.Length);
        Assert.Contains(",t1,then,1,1,0,1,", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_lists_every_measure_with_its_figure_and_each_has_a_page()
    {
        using var manager = story.SignedIn("tm1", Role.TeamManager);
        var page = await manager.PageAsync($"/measures?{Winter}");
        Assert.Equal(MeasureCatalogue.All.Count, page.QuerySelectorAll("tbody tr").Length);
        Assert.NotNull(page.QuerySelector("nav a[href='/measures']"));
        foreach (var measure in MeasureCatalogue.All)
        {
            Assert.Contains(measure.About.Says, (await manager.PageAsync($"/measures/{measure.About.Id}?{Winter}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await manager.TryPageAsync("/measures/none")).Status);
    }

    [Fact]
    public async Task A_list_names_its_children_and_a_date_that_cannot_be_read_is_said_beside_its_field()
    {
        using var manager = story.SignedIn("tm1", Role.TeamManager);
        Assert.NotNull((await manager.PageAsync("/measures/placed-with-parents-monitoring")).QuerySelector($"main a[href='/children/{MeasuredStory.Here}']"));
        var page = await manager.PageAsync("/measures?from=soon");
        Assert.NotNull(page.QuerySelector("#from-error"));
        Assert.Equal("soon", page.QuerySelector("#from")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_reader_without_children_is_told_that_there_is_nothing_to_count()
    {
        using var stranger = story.SignedIn("nobody1", Role.SocialWorker);
        Assert.Contains("There is no case to count", (await stranger.PageAsync("/measures")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<JsonElement> FigureAsync(string id, string worker, Role role) => (await story.ListAsync($"/api/measures?{Winter}", worker, role)).Single(IsOf(id));

    private static Func<JsonElement, bool> IsOf(string id) => f => f.GetProperty("measure").GetString() == id;

    private static int Denominator(JsonElement figure) => figure.GetProperty("asKnownNow").GetProperty("denominator").GetInt32();

    private static string Raw(JsonElement figure, string member) => $"{figure.GetProperty("measure")} {figure.GetProperty("from")} {figure.GetProperty(member).GetRawText()}";
}
