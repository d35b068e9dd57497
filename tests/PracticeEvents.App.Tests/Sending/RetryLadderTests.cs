using PracticeEvents.App.Alerts.Sending;
using Xunit;

namespace PracticeEvents.App.Tests.Sending;

/// <summary>When what failed is tried again.</summary>
public sealed class RetryLadderTests
{
    [Fact]
    public void Ten_attempts_take_three_days_and_a_little_more_and_then_there_are_no_more()
    {
        var delays = Enumerable.Range(1, 9).Select(n => RetryLadder.After(n, null, 0)!.Value).ToList();

        Assert.Equal(new TimeSpan(75, 35, 5), delays.Aggregate((a, b) => a + b));
        Assert.Equal(delays.Order(), delays);
        Assert.Null(RetryLadder.After(10, null, 0));
    }

    [Fact]
    public void Chance_adds_up_to_a_tenth_and_takes_nothing_away()
    {
        Assert.Equal(TimeSpan.FromSeconds(5.5), RetryLadder.After(1, null, 1));
        Assert.Equal(TimeSpan.FromSeconds(5), RetryLadder.After(1, null, 0));
    }

    [Fact]
    public void A_receiver_that_asks_to_be_left_alone_is_for_a_day_at_most()
    {
        Assert.Equal(TimeSpan.FromHours(2), RetryLadder.After(1, TimeSpan.FromHours(2), 0));
        Assert.Equal(TimeSpan.FromMinutes(5), RetryLadder.After(2, TimeSpan.FromSeconds(1), 0));
        Assert.Equal(TimeSpan.FromDays(1), RetryLadder.After(1, TimeSpan.FromDays(400), 0));
    }
}
