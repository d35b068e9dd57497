using Xunit;

namespace PracticeEvents.Domain.Tests;

/// <summary>What is kept of London's clocks is what the time zone says.</summary>
public sealed class LondonTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    [Fact]
    public void Every_day_from_1900_to_2200_starts_and_ends_when_the_time_zone_says()
    {
        for (var day = new DateOnly(1900, 1, 1); day.Year < 2200; day = day.AddDays(1))
        {
            Same(day, TimeOnly.MinValue, London.StartOf(day));
            Same(day, new TimeOnly(23, 59, 59), London.EndOf(day));
        }
    }

    [Fact]
    public void The_first_and_the_last_day_there_are_have_a_start_and_an_end()
    {
        Assert.Equal(DateOnly.MaxValue, DateOnly.FromDateTime(London.StartOf(DateOnly.MaxValue).DateTime));
        Assert.Equal(new TimeOnly(23, 59, 59), TimeOnly.FromDateTime(London.EndOf(DateOnly.MaxValue).DateTime));
    }

    private static void Same(DateOnly day, TimeOnly time, DateTimeOffset instant)
    {
        var local = day.ToDateTime(time);
        if (instant.DateTime != local || instant.Offset != Zone.GetUtcOffset(local))
        {
            Assert.Fail($"{local:s} in London is {instant:o} here, and {Zone.GetUtcOffset(local)} ahead of UTC by the time zone.");
        }
    }
}
