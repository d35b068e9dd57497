using PracticeEvents.Domain.Tests.Rules;
using PracticeEvents.Domain.Timescales;
using Xunit;

namespace PracticeEvents.Domain.Tests.Histories;

/// <summary>The arithmetic of working days, on every day from 2012 to 2028.</summary>
public sealed class CalendarLaws
{
    private static readonly WorkingDays Calendar = RuleFiles.Calendar;

    private static readonly DateOnly[] EveryDay =
        [.. Enumerable.Range(0, new DateOnly(2028, 12, 31).DayNumber - new DateOnly(2012, 1, 1).DayNumber + 1).Select(n => new DateOnly(2012, 1, 1).AddDays(n))];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(45)]
    public void So_many_working_days_after_a_day_lie_that_many_between(int count) => Assert.All(EveryDay, day =>
    {
        var end = Calendar.Add(day, count);

        Assert.True(Calendar.IsWorkingDay(end));
        Assert.Equal(count, Calendar.Between(day, end));
    });

    [Fact]
    public void Counting_in_two_goes_is_counting_in_one() =>
        Assert.All(EveryDay, day => Assert.Equal(Calendar.Add(day, 15), Calendar.Add(Calendar.Add(day, 6), 9)));

    [Fact]
    public void Counting_back_from_a_working_day_undoes_counting_on() =>
        Assert.All(EveryDay.Where(Calendar.IsWorkingDay), day => Assert.Equal(day, Calendar.Add(Calendar.Add(day, 10), -10)));

    [Fact]
    public void A_later_start_is_never_due_earlier() =>
        Assert.All(EveryDay.Zip(EveryDay.Skip(1)), pair => Assert.True(Calendar.Add(pair.First, 10) <= Calendar.Add(pair.Second, 10)));

    [Fact]
    public void The_working_day_before_and_the_one_after_have_none_between_them() => Assert.All(EveryDay, day =>
    {
        var (before, after) = (Calendar.OnOrBefore(day), Calendar.OnOrAfter(day));

        Assert.True(before <= day && day <= after && Calendar.IsWorkingDay(before) && Calendar.IsWorkingDay(after));
        Assert.Equal(before == after ? 0 : 1, Calendar.Between(before, after));
    });

    [Fact]
    public void A_day_is_a_working_day_or_there_is_a_reason_why_not() =>
        Assert.All(EveryDay, day => Assert.Equal(Calendar.IsWorkingDay(day), Calendar.WhyNot(day) is null));

    [Fact]
    public void Every_year_has_at_least_eight_holidays_and_more_than_250_working_days() => Assert.All(EveryDay.GroupBy(d => d.Year), year =>
    {
        Assert.InRange(Calendar.Holidays.Keys.Count(h => h.Year == year.Key), 8, 10);
        Assert.InRange(year.Count(Calendar.IsWorkingDay), 250, 256);
    });
}
