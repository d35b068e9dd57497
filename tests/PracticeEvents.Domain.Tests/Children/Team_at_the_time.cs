using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;
using Xunit;
using static PracticeEvents.Domain.Tests.Measures.Measure;

namespace PracticeEvents.Domain.Tests.Children;

public sealed class Team_at_the_time
{
    private static readonly TeamHistory Teams = new(History.Of(Told(
        new CaseAllocated { Child = Child, Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = On("2026-01-05") },
        new CaseAllocated { Child = Child, Worker = "iro1", Team = "reviewing", Role = CaseRole.Iro, On = On("2026-02-02") },
        new CaseTransferred { Child = Child, ToTeam = "t2", On = On("2026-03-02") })));

    [Theory]
    [InlineData("2026-02-28", "t1")]
    [InlineData("2026-03-02", "t2")]
    [InlineData("2025-12-01", "t1")]
    public void A_case_belongs_to_the_team_that_held_the_child_then(string date, string team) => Assert.Equal(team, Teams.At(On(date).Date));

    [Fact]
    public void Where_no_event_names_a_team_there_is_none() => Assert.Null(
        new TeamHistory(History.Of(Told(new ContactReceived { Child = Child, On = On("2026-01-05") }))).At(DateOnly.MaxValue));
}
