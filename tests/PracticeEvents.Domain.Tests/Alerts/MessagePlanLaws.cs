using FsCheck;
using FsCheck.Fluent;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.Domain.Tests.Alerts;

/// <summary>When word of alerts goes out to people, whatever times they chose and however much there is.</summary>
public sealed class MessagePlanLaws
{
    private const int Budget = 3;

    private static readonly Config Some = Config.QuickThrowOnFailure.WithMaxTest(300);

    private static readonly DateTimeOffset Year = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Arbitrary<SendingTimes> AnyTimes = Arb.From(
        from daily in Gen.Elements<TimeOnly?>(null, null, new TimeOnly(8, 0), new TimeOnly(1, 30), TimeOnly.MinValue)
        from quiet in Gen.Elements(null, new QuietHours(new(19, 0), new(7, 0)), new QuietHours(new(9, 0), new(17, 0)), new QuietHours(new(0, 30), new(2, 0)))
        from even in Gen.SubListOf(Enum.GetValues<AlertStage>())
        select new SendingTimes(daily, quiet, [.. even]));

    private static readonly Gen<Word> AnyWord =
        from minutes in Gen.Choose(0, 365 * 24 * 60)
        from child in Gen.Choose(1, 4)
        from hasFamily in Gen.Elements(true, false)
        from rule in Gen.Elements("cp-visit", "core-group-repeat")
        from stage in Gen.Elements(Enum.GetValues<AlertStage>())
        from role in Gen.Elements(Role.TeamManager, Role.Iro)
        from mustNotWait in Gen.Elements(false, false, false, true)
        select new Word(Year.AddMinutes(minutes), $"a{minutes}-{child}", $"c{child}", hasFamily ? $"f{child % 2}" : null, rule, stage, role, mustNotWait);

    // Many words on few days, so that budgets run out; no two of one alert.
    private static readonly Arbitrary<Word[]> AnyWords = Arb.From(
        from day in Gen.Choose(0, 360)
        from words in AnyWord.ListOf()
        select words
            .Select(w => w with { At = Year.AddDays(day).AddMinutes((w.At - Year).TotalMinutes % (3 * 24 * 60)) })
            .OrderBy(w => w.At)
            .Select((w, n) => w with { Alert = $"a{n}" }).ToArray());

    [Fact]
    public void What_must_not_wait_goes_out_when_it_is_said() => Prop.ForAll(AnyTimes, AnyWords, (times, words) =>
        Planned(times, words).Where(p => p.Word.MustNotWait).All(p => p.At == p.Word.At && p.Why is Held.No)).Check(Some);

    [Fact]
    public void Nothing_is_sent_before_it_is_said_or_more_than_a_day_after() => Prop.ForAll(AnyTimes, AnyWords, (times, words) =>
        Planned(times, words).All(p => p.At >= p.Word.At && p.At <= p.Word.At.AddHours(25))).Check(Some);

    [Fact]
    public void Quiet_hours_are_quiet_but_for_what_must_not_wait_and_what_was_excepted() => Prop.ForAll(AnyTimes, AnyWords, (times, words) =>
        Planned(times with { Daily = null }, words).Where(p => times.Quiet is { } quiet && quiet.Has(Time(p.At - MessagePlan.Gathering)) && quiet.Has(Time(p.At)))
            .All(p => p.Word.MustNotWait || (times.EvenThen.Contains(p.Word.Stage) && p.Why is Held.No))).Check(Some);

    [Fact]
    public void What_is_tried_again_keeps_quiet_hours_and_waits_for_nothing_else() => Prop.ForAll(AnyTimes, AnyWord.ToArbitrary(), (times, word) =>
    {
        var again = times.Again([word.Stage], word.At);
        var isQuiet = times.Quiet?.Has(Time(word.At)) is true && !times.EvenThen.Contains(word.Stage);
        return isQuiet ? again > word.At && Time(again) == Shown(times.Quiet!.To, again) && again <= word.At.AddHours(25) : again == word.At;
    }).Check(Some);

    [Fact]
    public void Whoever_wants_one_message_a_day_is_sent_it_at_that_time() => Prop.ForAll(AnyTimes, AnyWords, (times, words) =>
        Planned(times, words).Where(p => times.Daily is not null && !p.Word.MustNotWait)
            .All(p => p.Why is Held.ForDay && Time(p.At) == Shown(times.Daily!.Value, p.At))).Check(Some);

    [Fact]
    public void No_role_is_sent_more_at_once_on_a_day_than_its_budget() => Prop.ForAll(AnyTimes, AnyWords, (times, words) =>
        Planned(times, words).Where(p => !p.Word.MustNotWait && p.Why is Held.No)
            .GroupBy(p => (London.DateOf(p.Word.At), p.Word.Role))
            .All(day => day.Count() <= Budget)).Check(Some);

    [Fact]
    public void Nothing_is_held_for_a_budget_that_is_not_used_up() => Prop.ForAll(AnyTimes, AnyWords, (times, words) =>
    {
        var planned = Planned(times, words);
        return planned.Where(p => p.Why is Held.Budget).All(held => planned.TakeWhile(p => p != held)
            .Count(p => p.Why is Held.No && !p.Word.MustNotWait && p.Word.Role == held.Word.Role && London.DateOf(p.Word.At) == London.DateOf(held.Word.At)) == Budget);
    }).Check(Some);

    [Fact]
    public void Every_word_is_in_one_message() => Prop.ForAll(AnyTimes, AnyWords, (times, words) =>
    {
        var planned = Planned(times, words);
        return MessagePlan.Messages(planned).SelectMany(m => m).OrderBy(p => p.Word.Alert, StringComparer.Ordinal)
            .SequenceEqual(planned.OrderBy(p => p.Word.Alert, StringComparer.Ordinal));
    }).Check(Some);

    [Fact]
    public void Brothers_and_sisters_share_a_message_about_the_same_duty()
    {
        var at = Year.AddHours(10);
        Word Of(string child, string? family, string rule, int seconds = 0) =>
            new(at.AddSeconds(seconds), $"{child}-{rule}", child, family, rule, AlertStage.DueSoon, Role.Iro, false);
        var messages = MessagePlan.Messages(Planned(SendingTimes.AtOnce, [Of("c1", "f1", "lac-review"), Of("c2", "f1", "lac-review", 4), Of("c3", "f2", "lac-review")]));

        Assert.Equal([["c1", "c2"], ["c3"]], messages.Select(m => m.Select(p => p.Word.Child).ToArray()).ToArray());
        Assert.Equal(2, MessagePlan.Messages(Planned(SendingTimes.AtOnce, [Of("c1", "f1", "lac-review"), Of("c2", "f1", "pep-initial")])).Count);
        Assert.Equal(2, MessagePlan.Messages(Planned(SendingTimes.AtOnce, [Of("c1", "f1", "lac-review"), Of("c2", "f1", "lac-review") with { MustNotWait = true }])).Count);
        Assert.Equal(2, MessagePlan.Messages(Planned(SendingTimes.AtOnce, [Of("c1", "f1", "lac-review"), Of("c2", "f1", "lac-review", 30)])).Count);
    }

    [Fact]
    public void What_is_too_much_for_a_day_comes_in_one_message_the_next_morning_or_when_a_quiet_morning_is_over()
    {
        var words = Enumerable.Range(0, 5)
            .Select(n => new Word(Year.AddHours(10).AddMinutes(n), $"a{n}", $"c{n}", null, "cp-visit", AlertStage.DueSoon, Role.Iro, false))
            .ToArray();

        var messages = MessagePlan.Messages(Planned(SendingTimes.AtOnce, words));
        Assert.Equal([1, 1, 1, 2], messages.Select(m => m.Count));
        Assert.Equal(Year.AddDays(1).AddHours(8), messages[^1][0].At);
        Assert.Equal(Year.AddDays(1).AddHours(9), MessagePlan.Messages(Planned(new(null, new(new(19, 0), new(9, 0)), []), words))[^1][0].At);
    }

    [Theory]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("2026-10-24T12:00:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("2026-06-01T00:29:00Z", "2026-06-01T00:30:00Z")]
    [InlineData("2026-06-01T00:30:00Z", "2026-06-02T00:30:00Z")]
    public void Half_past_one_is_half_past_one_in_London_also_when_the_clocks_change(string said, string sent) =>
        Assert.Equal(DateTimeOffset.Parse(sent, null), new SendingTimes(new(1, 30), null, []).For(AlertStage.Due, false, DateTimeOffset.Parse(said, null)).At);

    private static List<PlannedWord> Planned(SendingTimes times, IEnumerable<Word> words)
    {
        var plan = new MessagePlan(times, _ => Budget);
        return [.. words.Select(plan.Plan)];
    }

    private static TimeOnly Time(DateTimeOffset at) => TimeOnly.FromDateTime(London.TimeOf(at).DateTime);

    // In the hour that spring skips, the clocks show an hour later.
    private static TimeOnly Shown(TimeOnly time, DateTimeOffset at) => Time(London.At(London.DateOf(at), time));
}
