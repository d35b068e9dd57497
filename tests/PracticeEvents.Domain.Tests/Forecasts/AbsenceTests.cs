using FsCheck;
using FsCheck.Fluent;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Tests.Histories;
using Xunit;

namespace PracticeEvents.Domain.Tests.Forecasts;

/// <summary>Who is away when.</summary>
public sealed class AbsenceTests
{
    [Fact]
    public void Both_ends_of_an_absence_are_days_away_and_the_days_round_it_are_not()
    {
        var absences = Of(Away("w1", 9, 13));
        Assert.Equal([false, true, true, false], new[] { 8, 9, 13, 14 }.Select(day => absences.On("w1", Day(day)) is not null));
    }

    [Fact]
    public void Whoever_stands_in_does_the_work_unless_away_too()
    {
        var absences = Of(Away("w1", 9, 13, "w2"), Away("w2", 12, 20));
        Assert.Equal(["w1", "w2", "w2", null], new[] { 6, 9, 11, 12 }.Select(day => absences.WhoIsIn("w1", Day(day))));
    }

    [Fact]
    public void An_absence_is_called_off_by_its_dates_or_all_are_when_none_are_given()
    {
        Assert.Equal([16], Of(Away("w1", 2, 5), Away("w1", 16, 20), CalledOff("w1", 2, 5)).Between("w1", Day(1), Day(30)).Select(a => a.From.Day));
        Assert.Empty(Of(Away("w1", 2, 5), Away("w1", 16, 20), CalledOff("w1")).Between("w1", Day(1), Day(30)));
    }

    [Fact]
    public void Somebody_who_left_is_away_for_good_until_registered_again()
    {
        var left = new WorkerLeft { Worker = "w1", On = new(Day(10)) };
        Assert.True(Of(left).On("w1", new DateOnly(2040, 1, 1)) is { IsForGood: true });
        Assert.Null(Of(left).On("w1", Day(9)));
        Assert.Null(Of(left, new WorkerRegistered { Worker = "w1", Roles = [Role.SocialWorker], On = new(Day(20)) }).On("w1", Day(21)));
    }

    [Fact]
    public void The_order_of_arrival_does_not_matter() => Prop.ForAll(
        Gen.Shuffle(Told(
            Away("w1", 2, 5),
            Away("w1", 4, 9, "w2"),
            CalledOff("w1", 2, 5),
            Away("w2", 3, 3),
            new WorkerLeft { Worker = "w2", On = new(Day(8)) }).ToArray()).ToArbitrary(),
        told => Days(new Absences(told)).SequenceEqual(Days(new Absences(told.OrderBy(f => f.On))))).QuickCheckThrowOnFailure();

    private static IEnumerable<(string?, string?)> Days(Absences absences) =>
        Enumerable.Range(1, 20).Select(day => (absences.WhoIsIn("w1", Day(day)), absences.WhoIsIn("w2", Day(day))));

    private static Absences Of(params PracticeEvent[] events) => new(Told(events));

    // Each is told a day after the one before it.
    private static IEnumerable<Fact> Told(params PracticeEvent[] events) =>
        events.Select((e, n) => Facts.Of(
            e is WorkerLeft or WorkerRegistered ? e : e with { On = new(new DateOnly(2026, 2, n + 1)) },
            "/hr",
            $"a{n}",
            new(2026, 2, n + 1, 9, 0, 0, TimeSpan.Zero)));

    private static AbsenceRecorded Away(string worker, int from, int to, string? cover = null) => new() { Worker = worker, From = Day(from), To = Day(to), Cover = cover };

    private static AbsenceCancelled CalledOff(string worker, int? from = null, int? to = null) =>
        new() { Worker = worker, From = from is { } f ? Day(f) : null, To = to is { } t ? Day(t) : null };

    private static DateOnly Day(int day) => new(2026, 3, day);
}
