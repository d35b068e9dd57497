using PracticeEvents.App.Process;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>A pass takes on what it can do without holding senders up.</summary>
public sealed class PaceTests
{
    private readonly Pace pace = new();

    [Fact]
    public void A_pass_that_took_long_makes_the_next_smaller_by_half_at_the_most()
    {
        var before = pace.Children;
        pace.Took(before, TimeSpan.FromSeconds(10));

        Assert.Equal(before / 2, pace.Children);
    }

    [Fact]
    public void However_slow_it_is_it_goes_on()
    {
        for (var n = 0; n < 50; n++)
        {
            pace.Took(pace.Children, TimeSpan.FromMinutes(1));
        }

        Assert.InRange(pace.Children, 2, 20);
    }

    [Fact]
    public void A_full_pass_that_was_quick_makes_the_next_larger_by_twice_at_the_most_and_not_without_end()
    {
        var before = pace.Children;
        pace.Took(before, TimeSpan.FromMilliseconds(1));
        Assert.Equal(2 * before, pace.Children);

        for (var n = 0; n < 50; n++)
        {
            pace.Took(pace.Children, TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(1000, pace.Children);
    }

    [Fact]
    public void A_quick_pass_of_a_few_says_nothing_about_many()
    {
        var before = pace.Children;
        pace.Took(1, TimeSpan.FromMilliseconds(4));

        Assert.Equal(before, pace.Children);
    }

    [Fact]
    public void Who_works_alone_may_take_longer()
    {
        pace.WorkAlone();
        var before = pace.Children;
        pace.Took(before, TimeSpan.FromMilliseconds(400));

        Assert.Equal(2 * before, pace.Children);
    }

    [Fact]
    public void Events_are_taken_up_to_the_first_of_one_child_too_many()
    {
        var events = Enumerable.Range(0, pace.Children + 1).SelectMany(n => new[] { Event($"child-c{n}"), Event("child-c0"), Event($"alert-{n}") }).ToList();

        Assert.Equal(3 * pace.Children, pace.Within(events));
        Assert.Equal(3 * pace.Children, pace.Within(events[..(3 * pace.Children)]));
    }

    private static StoredEvent Event(string stream) => new(1, Guid.Empty, stream, 1, "visit_recorded", "{}", "/cms", "e1", DateTimeOffset.UnixEpoch, "{}");
}
