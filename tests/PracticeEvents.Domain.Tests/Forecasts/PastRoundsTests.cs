using FsCheck;
using FsCheck.Fluent;
using PracticeEvents.Domain.Forecasts;
using PracticeEvents.Domain.Tests.Rules;
using Xunit;

namespace PracticeEvents.Domain.Tests.Forecasts;

/// <summary>What a rule's own past says of a duty that is still open.</summary>
public sealed class PastRoundsTests
{
    // A Friday without a holiday in the weeks round it.
    private static readonly DateOnly Due = new(2026, 2, 13);

    [Fact]
    public void Only_rounds_that_were_still_open_in_the_same_position_count()
    {
        // 30 were met six working days before, 20 on the day, 10 late.
        var past = new PastRounds([Met(new(2026, 2, 5), 30), Met(Due, 20), Met(new(2026, 2, 16), 10)]);

        Assert.Equal(new Odds(10, 60), past.With("visit", 6));
        Assert.Equal(new Odds(10, 30), past.With("visit", 5));
        Assert.Equal(new Odds(10, 30), past.With("visit", 0));
        Assert.Equal(new Odds(10, 60), past.With("visit", 200));
    }

    [Fact]
    public void Fewer_than_twenty_rounds_say_nothing_and_nor_does_a_rule_without_a_past()
    {
        var past = new PastRounds([Met(Due, Odds.Enough - 1)]);
        Assert.Null(past.With("visit", 3));
        Assert.Null(past.With("review", 3));
    }

    [Fact]
    public void What_is_late_and_still_open_counts_as_late() =>
        Assert.Equal(new Odds(25, 25), new PastRounds([PastRound.Of("visit", Due, null, true, RuleFiles.Calendar, 25)]).With("visit", 0));

    [Fact]
    public void One_in_three_is_high() => Assert.Equal([true, false], new[] { new Odds(7, 21), new Odds(6, 21) }.Select(o => o.AreHigh));

    [Fact]
    public void With_less_time_to_go_the_share_of_late_ones_never_falls() => Prop.ForAll(
        Gen.Choose(-5, 30).ListOf(60).ToArbitrary(),
        days =>
        {
            var past = new PastRounds(days.Select(before => Due.AddDays(-before)).Select(met => PastRound.Of("visit", Due, met, met > Due, RuleFiles.Calendar, 20)));
            var shares = Enumerable.Range(0, 30).Select(toGo => past.With("visit", toGo)).OfType<Odds>().Select(o => o.Share).ToList();
            return shares.Zip(shares.Skip(1)).All(pair => pair.First >= pair.Second);
        }).QuickCheckThrowOnFailure();

    private static PastRound Met(DateOnly on, int count) => PastRound.Of("visit", Due, on, on > Due, RuleFiles.Calendar, count);
}
