using PracticeEvents.App.Process;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>What is kept in memory of a child is what the log says, or nothing.</summary>
public sealed class HistoriesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_comes_next_is_added_to_what_is_held()
    {
        var histories = Holding("c1", 3);

        Assert.Equal(["e1", "e2", "e3", "e4", "e5"], histories.Find("c1", [Event("c1", 4), Event("c1", 5)])!.Facts.Select(f => f.EventId));
    }

    [Fact]
    public void Nothing_is_given_when_an_event_is_missing_between()
    {
        var histories = Holding("c1", 3);

        Assert.Null(histories.Find("c1", [Event("c1", 5)]));
        Assert.Null(histories.Find("c1", [Event("c1", 4), Event("c1", 6)]));
        Assert.Null(histories.Find("c1", [Event("c1", 3), Event("c1", 4)]));
    }

    [Fact]
    public void What_was_found_is_kept_only_when_it_is_said_to_be_committed()
    {
        var histories = Holding("c1", 3);
        histories.Find("c1", [Event("c1", 4)]);

        Assert.Equal(3, histories.Find("c1", [])!.Version);
    }

    [Fact]
    public void Those_not_needed_for_longest_go_first_when_there_are_too_many_facts()
    {
        var histories = new Histories(most: 10);
        Keep(histories, "c1", 4);
        Keep(histories, "c2", 4);
        histories.Find("c1", []);
        Keep(histories, "c3", 4);

        Assert.NotNull(histories.Find("c1", []));
        Assert.Null(histories.Find("c2", []));
        Assert.NotNull(histories.Find("c3", []));
        Assert.Equal(8, histories.Facts);
    }

    [Fact]
    public void A_record_larger_than_all_that_is_kept_is_not_kept()
    {
        var histories = new Histories(most: 10);
        Keep(histories, "c1", 4);
        Keep(histories, "c2", 11);

        Assert.Null(histories.Find("c2", []));
        Assert.NotNull(histories.Find("c1", []));
    }

    [Fact]
    public void Everyone_of_a_share_that_changed_hands_is_forgotten()
    {
        var histories = Holding("c1", 3);
        Keep(histories, "c2", 3);
        Assert.NotEqual(Partitions.Of("c1"), Partitions.Of("c2"));

        histories.Drop(new HashSet<int> { Partitions.Of("c1") });

        Assert.Null(histories.Find("c1", []));
        Assert.NotNull(histories.Find("c2", []));
    }

    [Fact]
    public void Shares_that_are_furthest_behind_are_worked_through_first_up_to_where_the_next_stand()
    {
        var cohort = Cohort.Hindmost([At(0, 50), At(1, 20), At(2, 20), At(3, 30)])!;

        Assert.Equal([1, 2], cohort.Shares.Select(s => s.Partition));
        Assert.Equal((20L, 30L), (cohort.From, cohort.Through));
        Assert.False(cohort.HasFirst);
        Assert.Null(Cohort.Hindmost([At(0, 50), At(1, 50)])!.Through);
        Assert.Null(Cohort.Hindmost([]));
    }

    private static Share At(int partition, long position) => new(partition, new Lease(Share.Leases[partition], 1), position);

    private static Histories Holding(string child, int events)
    {
        var histories = new Histories(most: 1000);
        Keep(histories, child, events);
        return histories;
    }

    private static void Keep(Histories histories, string child, int events)
    {
        StoredEvent[] stream = [.. Enumerable.Range(1, events).Select(n => Event(child, n))];
        histories.Keep(child, new KnownHistory(RecordedFacts.Of(stream).Facts, events, LoadedEvent.LastOf(stream)));
    }

    private static StoredEvent Event(string child, int version) => new(
        version, Guid.NewGuid(), ChildPicture.StreamOf(child), version, EventCatalogue.Kind<CoreGroupHeld>().Alias,
        $$"""{"child":"{{child}}","on":"2026-03-02"}""", "cms", $"e{version}", Noon, "{}");
}
