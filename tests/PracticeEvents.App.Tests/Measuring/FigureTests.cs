using PracticeEvents.App.Measuring;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain.Measures;
using Xunit;

namespace PracticeEvents.App.Tests.Measuring;

/// <summary>How cases make a figure.</summary>
public sealed class FigureTests
{
    private static readonly Definition Weeks = MeasureCatalogue.Find("pre-proceedings-12w-kpi")!.About;
    private static readonly Definition Share = MeasureCatalogue.Find("assessments-45wd-from-referral")!.About;

    [Fact]
    public void Episodes_of_70_119_and_168_days_are_17_weeks_on_average_and_miss_the_target_of_12()
    {
        var figure = Figure.Of(Weeks, [Length(70), Length(119), Length(168)]);

        Assert.Equal((51m, 3, 17.00m, 17.00m, false), (figure.Numerator, figure.Denominator, figure.Mean, figure.Median, figure.TargetMet));
        Assert.Equal("17.00 weeks on average, median 17.00", FigureWords.Of(Weeks, figure));
    }

    [Fact]
    public void The_median_of_an_even_number_lies_between_the_two_in_the_middle() =>
        Assert.Equal(1.50m, Figure.Of(Weeks, [Length(7), Length(14), Length(7), Length(70)]).Median);

    [Fact]
    public void No_percentage_is_given_of_fewer_than_ten()
    {
        Assert.Null(Figure.Of(Share, [Hit(true, 9)]).Percent);
        Assert.Equal(70m, Figure.Of(Share, [Hit(true, 7), Hit(false, 3)]).Percent);
    }

    [Fact]
    public void What_is_not_recorded_or_waits_is_in_neither_number()
    {
        var figure = Figure.Of(Share, [Hit(true, 4), Hit(false, 1), new("m", 0, null, new(true, null, false, null), 2), new("m", 0, null, new(false, null, true, null), 3)]);

        Assert.Equal((4m, 5, 3, 2, true), (figure.Numerator, figure.Denominator, figure.Waiting, figure.NotRecorded, figure.TargetMet));
    }

    [Fact]
    public void Half_of_seven_children_rounds_up_to_four_audits()
    {
        var audits = MeasureCatalogue.Find("pre-pro-audit-50")!.About;
        var cohort = new Tally("m", 0, null, new(true, null, true, null), 7);

        Assert.False(Figure.Of(audits, [cohort, Hit(true, 3)]).TargetMet);
        Assert.True(Figure.Of(audits, [cohort, Hit(true, 4)]).TargetMet);
    }

    private static Tally Length(int days) => new("m", 0, null, new(true, null, true, days), 1);

    private static Tally Hit(bool hit, int cases) => new("m", 0, null, new(true, hit, true, null), cases);
}
