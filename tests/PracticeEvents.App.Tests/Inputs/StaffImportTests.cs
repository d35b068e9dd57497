using PracticeEvents.App.Process;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Inputs;

/// <summary>A list of staff as CSV: teams, posts, leavers and absences with cover.</summary>
public sealed class StaffImportTests : InputsTest
{
    private const string List = """
        worker,roles,team,service,head_of_service,left,away_from,away_to,cover
        tm1,team_manager,east1,east,hos1,,,,
        sw1,sw,east1,,,,2026-11-23,2026-11-27,sw2
        sw2,social_worker|advanced_practitioner,east1,,,,,,
        hos1,hos,,,,,,,
        sw3,,,,,2026-11-02,,,
        """;

    [Fact]
    public async Task A_list_says_who_is_in_which_team_as_what_who_left_and_who_stands_in()
    {
        var result = await ImportAsync(List);
        var structure = await StructureAsync();

        Assert.Equal(("staff", 0), (result.Format, result.Refusals.Count));
        Assert.Equal(new Team("east1", "east", "tm1", "hos1"), structure.Teams["east1"]);
        Assert.Equal([Role.SocialWorker, Role.AdvancedPractitioner], structure.Workers["sw2"].Roles);
        Assert.Equal("sw2", structure.Absences.WhoIsIn("sw1", new(2026, 11, 25)));
        Assert.True(structure.Workers["sw3"].Left);
    }

    [Fact]
    public async Task The_same_list_again_adds_nothing_and_a_change_adds_what_changed()
    {
        await ImportAsync(List);

        Assert.Equal(0, (await ImportAsync(List)).Added);
        var changed = await ImportAsync(List.Replace("tm1,team_manager,east1,east,hos1", "tm9,team_manager,east1,east,hos1", StringComparison.Ordinal));
        Assert.Equal(2, changed.Added);
        Assert.Equal("tm9", (await StructureAsync()).Teams["east1"].Manager);
    }

    [Fact]
    public async Task Which_team_is_the_front_door_is_said_by_any_of_its_rows_and_stays_until_one_says_no()
    {
        await ImportAsync("worker,roles,team,front_door\ntm1,team_manager,east1,yes\nsw1,sw,east1,\n");
        Assert.True((await StructureAsync()).Teams["east1"].IsFrontDoor);

        await ImportAsync("worker,roles,team\ntm2,team_manager,east1\n");
        Assert.True((await StructureAsync()).Teams["east1"] is { IsFrontDoor: true, Manager: "tm2" });
        await ImportAsync("worker,roles,team,front_door\ntm2,team_manager,east1,no\n");
        Assert.False((await StructureAsync()).Teams["east1"].IsFrontDoor);
    }

    [Fact]
    public async Task Somebody_whose_leaving_is_told_late_is_gone_all_the_same_and_once()
    {
        await ImportAsync(List);
        var later = List.Replace("sw2,social_worker|advanced_practitioner,east1,,,,,,", "sw2,,,,,2026-11-02,,,", StringComparison.Ordinal);

        Assert.Equal(1, (await ImportAsync(later)).Added);
        Assert.True((await StructureAsync()).Workers["sw2"].Left);
        Assert.Equal(0, (await ImportAsync(later)).Added);
    }

    [Theory]
    [InlineData("sw1,wizard,east1,,,,,,", "There is no role 'wizard'")]
    [InlineData(",social_worker,east1,,,,,,", "There is no worker in this row")]
    [InlineData("Ann Smith!,social_worker,east1,,,,,,", "worker is not a reference")]
    [InlineData("sw1,,east1,,,,,,", "A worker needs at least one role")]
    [InlineData("sw1,social_worker,east1,,,,2026-11-27,2026-11-23,", "away_to is not before away_from")]
    [InlineData("sw1,social_worker,east1,,,,soon,2026-11-23,", "away_from is not a date")]
    [InlineData("sw1,social_worker,east1,,,,2026-11-23,2026-11-27,sw1", "cover is somebody else")]
    [InlineData("sw1,,,,,2099-01-01,,,", "left is in the future")]
    public async Task A_row_that_cannot_be_taken_is_named_with_its_line_and_the_others_are_taken(string row, string why)
    {
        var result = await ImportAsync($"worker,roles,team,service,head_of_service,left,away_from,away_to,cover\n{row}\nsw8,social_worker,east1,,,,,,\n");

        var refused = Assert.Single(result.Refusals);
        Assert.Equal("line 2", refused.Path);
        Assert.Contains(why, refused.Reason, StringComparison.Ordinal);
        Assert.True((await StructureAsync()).Workers.ContainsKey("sw8"));
    }

    [Fact]
    public async Task A_list_with_a_column_that_is_not_known_is_refused_whole()
    {
        var refused = await Assert.ThrowsAsync<FormatException>(() => ImportAsync("worker,roles,phone\nsw1,sw,1\n"));
        Assert.Contains("no column 'phone'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Semicolons_british_dates_and_a_byte_order_mark_are_read_too()
    {
        await ImportAsync("\uFEFFworker;roles;team;away_from;away_to;cover\nsw1;sw;east1;23/11/2026;27/11/2026;sw2\n");

        Assert.Equal("sw2", (await StructureAsync()).Absences.WhoIsIn("sw1", new(2026, 11, 25)));
    }

    private async Task<Structure> StructureAsync() => new(RecordedFacts.Readable(await Store.ReadEveryAsync([.. Structure.Kinds.Select(k => k.Alias)], default)));
}
