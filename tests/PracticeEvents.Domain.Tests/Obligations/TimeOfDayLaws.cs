using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;
using Xunit;

namespace PracticeEvents.Domain.Tests.Histories;

/// <summary>Dates, instants and the two days a year on which London's clocks change.</summary>
public sealed class TimeOfDayLaws
{
    private static readonly Arbitrary<Happened> Moments = (
        from day in Gen.Choose(0, 7000)
        from ticks in Gen.Elements(-1L, 0L, 1L, 36_000_000_123L, 863_999_999_999L)
        from offset in Gen.Elements(-720, -300, 0, 60, 330, 840)
        let date = new DateOnly(2012, 1, 1).AddDays(day)
        select ticks < 0 ? new Happened(date) : Happened.AtInstant(new DateTimeOffset(date.ToDateTime(default).AddTicks(ticks), TimeSpan.FromMinutes(offset)))).ToArbitrary();

    [Fact]
    public void What_happened_is_read_as_it_was_written() => Holds(moment => Happened.TryParse(moment.ToString(), out var read) && read == moment);

    [Fact]
    public void A_due_date_is_read_as_it_was_written() => Holds(moment =>
    {
        var due = new DueDate(moment.Date, moment.At);
        return JsonSerializer.Deserialize<DueDate>(JsonSerializer.Serialize(due)) == due.InUtc;
    });

    [Fact]
    public void A_due_date_is_late_from_the_first_instant_at_which_nothing_more_is_in_time() => Holds(moment =>
    {
        var due = new DueDate(moment.Date, moment.At);
        return due.IsLate(Happened.AtInstant(due.LateFrom)) && !due.IsLate(Happened.AtInstant(due.At ?? due.LateFrom.AddTicks(-1)));
    });

    [Theory]
    [InlineData("2025-03-30", 23)]
    [InlineData("2025-10-26", 25)]
    [InlineData("2025-07-01", 24)]
    public void A_day_on_which_the_clocks_change_is_as_long_as_it_is(string day, int hours)
    {
        var date = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(hours, (London.StartOf(date.AddDays(1)) - London.StartOf(date)).TotalHours);
        Assert.Equal(London.StartOf(date.AddDays(1)).AddSeconds(-1), London.EndOf(date));
    }

    [Theory]
    [InlineData("2025-03-29T10:00:00+00:00", "2025-04-01T11:00:00+01:00")]
    [InlineData("2025-10-25T10:00:00+01:00", "2025-10-28T09:00:00+00:00")]
    public void Seventy_two_hours_are_elapsed_hours_across_a_change_of_clocks(string returned, string due) =>
        Assert.Equal(due, DueOf("missing-rhi-72h", on => new ReturnedFromMissing { Child = Facts.Child, On = on }, returned));

    [Theory]
    [InlineData("2025-03-30T00:30:00+00:00", "2025-03-30T23:59:59+01:00")]
    [InlineData("2025-10-26T01:30:00+01:00", "2025-10-26T23:59:59+00:00")]
    public void The_end_of_a_day_is_that_of_London_when_the_clocks_change(string held, string due) =>
        Assert.Equal(due, DueOf("legal-gateway-record-same-day", on => new LegalGatewayHeld { Child = Facts.Child, On = on }, held));

    private static string DueOf(string rule, Func<Happened, PracticeEvent> start, string text)
    {
        Assert.True(Happened.TryParse(text, out var on));
        return Facts.Duties([Facts.Of(start(on), "/cms", "e1", on.Instant)]).Single(d => d.Rule.Id == rule).Due.ToString()!;
    }

    private static void Holds(Func<Happened, bool> law) => Prop.ForAll(Moments, moment => law(moment)).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
