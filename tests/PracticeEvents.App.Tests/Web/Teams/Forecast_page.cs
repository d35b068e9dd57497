using System.Net;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.Domain.Events;
using Xunit;
using static PracticeEvents.App.Tests.Web.Teams.PageText;

namespace PracticeEvents.App.Tests.Web.Teams;

/// <summary>What falls due in a team, as its manager reads it.</summary>
[Collection(OnTeamStory.Name)]
public sealed class Forecast_page(TeamStory story) : IDisposable
{
    private readonly Reader manager = story.SignedIn("tm1", Role.TeamManager);

    public void Dispose() => manager.Dispose();

    [Fact]
    public async Task Each_worker_has_a_line_with_the_working_days()
    {
        var page = await manager.PageAsync("/teams/t1/forecast?workingDays=4");
        Assert.Equal("What falls due: East Locality", Text(page.QuerySelector("h1")!));
        Assert.Equal(
            ["Worker", "Days in", "Overdue", "Mon 2 Mar", "Tue 3 Mar", "Wed 4 Mar", "Thu 5 Mar", "Fri 6 Mar"],
            page.QuerySelector("table")!.QuerySelectorAll("thead th").Select(Text));
        Assert.Equal(["A. Khan", "ch1", "iro1", "tm1", "Z. Osei"], page.QuerySelector("table")!.QuerySelectorAll("tbody th").Select(Text));
    }

    [Fact]
    public async Task Without_a_past_the_page_says_that_it_cannot_be_trusted_yet()
    {
        var page = await manager.PageAsync("/teams/t1/forecast");
        Assert.Contains("There is too little past to say.", Content(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_of_days_that_is_none_is_said_beside_its_field()
    {
        var page = await manager.PageAsync("/teams/t1/forecast?workingDays=many");
        Assert.Contains("Enter a whole number of working days from 1 to 60", Text(page.QuerySelector("#workingDays-error")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_team_that_is_not_the_readers_stays_closed()
    {
        using var answer = await manager.Http.GetAsync("/teams/t2/forecast");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        using var none = await manager.Http.GetAsync("/teams/t99/forecast");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }
}
