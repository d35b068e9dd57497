using PracticeEvents.Domain.Forecasts;
using PracticeEvents.Domain.Tests.Rules;
using Xunit;

namespace PracticeEvents.Domain.Tests.Forecasts;

/// <summary>Whether forecasts came true.</summary>
public sealed class CalibrationTests
{
    // A Thursday: the last week looked at begins on Monday 8 June.
    private static readonly DateOnly Today = new(2026, 6, 18);

    [Fact]
    public void Each_week_is_told_from_what_was_past_on_its_Monday()
    {
        // In the year before one in four was late; in the thirteen weeks every second one.
        var rounds = Fridays(Today.AddDays(-480), new DateOnly(2026, 3, 15)).SelectMany(due => Week(due, late: 1, of: 4))
            .Concat(Fridays(new DateOnly(2026, 3, 16), Today.AddDays(-6)).SelectMany(due => Week(due, late: 2, of: 4))).ToList();

        var band = Assert.Single(Calibration.Of(rounds, RuleFiles.Calendar, Today));
        Assert.Equal((25, 50, 13 * 4, 13 * 2), (band.From, band.To, band.Duties, band.Late));
        Assert.InRange(band.Expected, 13.0, 17.0);
    }

    [Fact]
    public void What_was_done_before_the_Monday_was_never_forecast()
    {
        var early = Fridays(Today.AddDays(-480), Today.AddDays(-6)).Select(due => PastRound.Of("visit", due, due.AddDays(-7), false, RuleFiles.Calendar, 10));
        Assert.Empty(Calibration.Of([.. early], RuleFiles.Calendar, Today));
    }

    [Fact]
    public void Without_a_past_there_is_nothing_to_show() => Assert.Empty(Calibration.Of([], RuleFiles.Calendar, Today));

    private static IEnumerable<DateOnly> Fridays(DateOnly from, DateOnly to) =>
        Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays).Where(day => day.DayOfWeek is DayOfWeek.Friday);

    private static IEnumerable<PastRound> Week(DateOnly due, int late, int of) =>
        [PastRound.Of("visit", due, due.AddDays(3), true, RuleFiles.Calendar, late), PastRound.Of("visit", due, due, false, RuleFiles.Calendar, of - late)];
}
