using PracticeEvents.App.Tests.Rebuilding;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Views;

/// <summary>One more event changes what it changes in the views, whatever has happened to their tables meanwhile.</summary>
public sealed class LiveRowsStory : RebuildHouse
{
    private const string Places = "select occurrence || rule || ctid from practice.obligations where child = 'd01'";

    [Fact]
    public async Task Rows_that_stay_as_they_are_stay_where_they_are()
    {
        await SendChildrenAsync();
        await SendAsync(Visit(1));
        var before = await QueryAsync(Places);
        await SendAsync(Visit(2));
        var after = await QueryAsync(Places);

        Assert.True(before.Intersect(after).Count() > before.Count / 2, $"of {before.Count} rows {before.Intersect(after).Count()} are where they were");
        Assert.NotEmpty(after.Except(before));
        await NothingDiffersAsync();
    }

    [Fact]
    public async Task Tables_that_a_rebuild_put_there_are_written_to_as_well()
    {
        await SendChildrenAsync();
        await SendAsync(Visit(1));
        await Rebuild.ViewsAsync(Views, swap: true, null, default);
        await RunAsync("delete from practice.measured where child = 'd01'");
        await SendAsync(Visit(2));

        await NothingDiffersAsync();
    }

    [Fact]
    public async Task A_changed_row_that_somebody_removed_is_found_missing_and_the_child_written_anew()
    {
        await SendChildrenAsync();
        await SendAsync(Visit(1));
        await RunAsync("delete from practice.obligations where child = 'd01'");
        await SendAsync(Visit(2));

        await NothingDiffersAsync();
    }

    [Fact]
    public async Task A_visit_recorded_in_error_leaves_no_row_behind()
    {
        await SendChildrenAsync();
        await SendAsync(Visit(1), Visit(2));
        var visit = (await QueryAsync("select headers ->> 'id' from public.mt_events where type = 'visit_recorded'"))[^1];
        await SendAsync(new RecordedInError { Child = "d01", On = new(Day(2, 10)), Event = visit });

        await NothingDiffersAsync();
    }

    private static VisitRecorded Visit(int n) => new() { Child = "d01", On = new(Day(1, 19).AddDays(n)), Purpose = VisitPurpose.ChildProtection, Seen = true };

    private async Task NothingDiffersAsync() =>
        Assert.All((await Rebuild.ViewsAsync(Views, swap: false, null, default)).Tables, t => Assert.False(t.Changed, $"{t.Name}: {t.RowsAdded} {t.RowsGone} {t.RowsChanged}"));
}
