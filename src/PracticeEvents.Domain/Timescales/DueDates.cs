using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Timescales;

/// <summary>Works out due dates by the counting conventions of the rules.</summary>
internal static class DueDates
{
    /// <summary>The due date of a duty that a fact started.</summary>
    public static Calculation Of(Edition edition, Fact start, int round, History history, WorkingDays calendar)
    {
        var rule = edition.Due;
        return rule.Method switch
        {
            DueMethod.EndOfDay => On(DueDate.AtInstant(London.EndOf(start.On.Date)), start.On, default, calendar),
            DueMethod.Explicit when EventCatalogue.KindOf(start.Event).Member(rule.Member!)?.Of(start.Event) is DateOnly date => On(new DueDate(date), start.On, default, calendar),
            DueMethod.Explicit => new Calculation(null, null, start.On, default),
            DueMethod.Within when rule.Clocks.Count > 0 => EarliestClock(rule, start, history, calendar),
            DueMethod.Within => Counted(rule, start, round, history, calendar),
            _ => throw new InvalidOperationException($"A due date by {rule.Method} is not worked out from a start alone."),
        };
    }

    /// <summary>The mid-point between a start and the end of its cycle, rounded down to a whole day.</summary>
    public static Calculation MidPoint(Fact start, DateOnly cycleEnds, WorkingDays calendar) =>
        On(new DueDate(start.On.Date.AddDays(Math.Max(0, cycleEnds.DayNumber - start.On.Date.DayNumber) / 2)), start.On, default, calendar) with { CycleEnds = cycleEnds };

    private static Calculation Counted(DueRule rule, Fact start, int round, History history, WorkingDays calendar)
    {
        var variant = Applying(rule.Variants, start, history, calendar);
        var within = variant?.Within ?? (round > 0 && rule.ThenWithin.Count > 0 ? rule.ThenWithin[Math.Min(round, rule.ThenWithin.Count) - 1] : rule.Within);
        var usual = On(Count(start.On, within, rule.StartIsDayOne, calendar), start.On, within, calendar, variant);
        return rule.OwnInterval is { } own ? Tighter(usual, own, start, history, calendar) : usual;
    }

    // The child's own interval counts when it was set by the usual due date and is the tighter one. It never makes a duty late on the day it is set.
    private static Calculation Tighter(Calculation usual, OwnInterval own, Fact start, History history, WorkingDays calendar)
    {
        var set = history.Of(own.Kind).LastOrDefault(f => f.On.Date <= usual.Due!.Value.Date && own.Member.Of(f.Event) is not null);
        if (set is null)
        {
            return usual;
        }

        var within = new Span(Convert.ToInt32(own.Member.Of(set.Event), System.Globalization.CultureInfo.InvariantCulture), own.Unit);
        var due = Count(start.On, within, startIsDayOne: false, calendar);
        due = due.Date < set.On.Date ? new DueDate(set.On.Date) : due;
        return due.Date < usual.Due!.Value.Date ? On(due, start.On, within, calendar) with { OwnInterval = set } : usual;
    }

    private static Variant? Applying(IReadOnlyList<Variant> variants, Fact start, History history, WorkingDays calendar)
    {
        for (var i = 0; i < variants.Count; i++)
        {
            if (history.Latest(variants[i].Latest.Kind, start.On.Date) is { } latest && variants[i].Latest.Matches(latest.Event)
                && (variants[i].LastedFor is not { } lasted || lasted.From(latest.On.Date, calendar) <= start.On.Date))
            {
                return variants[i];
            }
        }

        return null;
    }

    private static Calculation EarliestClock(DueRule rule, Fact start, History history, WorkingDays calendar)
    {
        var clocks = new List<ClockReading>();
        foreach (var clock in rule.Clocks)
        {
            var from = history.Latest(clock.From, start.On.Date) ?? history.First(clock.From);
            if (from is not null && !UsedUp(clock, from, start, history))
            {
                clocks.Add(new ClockReading(clock.Name, from.On, Count(from.On, rule.Within, rule.StartIsDayOne, calendar)));
            }
        }

        if (clocks.Count == 0)
        {
            clocks.Add(new ClockReading("start", start.On, Count(start.On, rule.Within, rule.StartIsDayOne, calendar)));
        }

        var first = clocks.MinBy(c => c.Due.Date)!;
        return On(first.Due, first.From, rule.Within, calendar) with { Clocks = clocks };
    }

    private static bool UsedUp(Clock clock, Fact from, Fact start, History history) => clock.UnlessSince.Any(t => history.Any(t, from.On.Date, start.On.Date));

    private static DueDate Count(Happened from, Span within, bool startIsDayOne, WorkingDays calendar)
    {
        if (within.IsHours)
        {
            return DueDate.AtInstant(from.Instant.AddHours(within.Length));
        }

        // A working-day span that counts its first day as day 1 is one day shorter only when that day is a working day.
        var counted = startIsDayOne && within.Unit is SpanUnit.WorkingDays && calendar.IsWorkingDay(from.Date) ? within with { Length = within.Length - 1 } : within;
        var date = counted.From(from.Date, calendar);
        return new DueDate(startIsDayOne && within.Unit is not SpanUnit.WorkingDays ? date.AddDays(-1) : date);
    }

    private static Calculation On(DueDate due, Happened from, Span within, WorkingDays calendar, Variant? variant = null) =>
        new(due, calendar.OnOrBefore(due.Date), from, within) { Variant = variant };
}
