using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Timescales;

/// <summary>Works out due dates by the counting conventions of the rules.</summary>
internal static class DueDates
{
    /// <summary>The due date of a duty.</summary>
    public static Calculation Of(Counting c)
    {
        var usual = c.Rule.Method switch
        {
            DueMethod.EndOfDay => On(DueDate.AtInstant(London.EndOf(c.Start.On.Date)), c.Start.On, default, c.Calendar),
            DueMethod.Explicit => Stated(c),
            DueMethod.Within when c.Rule.Clocks.Count > 0 => EarliestClock(c.Rule, c.Start, c.History, c.Calendar),
            DueMethod.Within when c.Rule.Milestones.Count > 0 => Milestone(c),
            DueMethod.Within => Counted(c),
            _ => throw new InvalidOperationException($"A due date by {c.Rule.Method} is not worked out from a start alone."),
        };
        var moved = c.Rule.MovedBy is { } by ? Moved(usual, by, c) : usual;
        return c.NotBefore is { } day ? NotBefore(day, moved, c.Calendar) with { ChangedOn = day } : moved;
    }

    /// <summary>The place of the milestone that comes next after a day; nothing after the last.</summary>
    public static int? NextMilestone(DueRule rule, Fact first, DateOnly after, int from, WorkingDays calendar)
    {
        for (var n = from; n < rule.Milestones.Count; n++)
        {
            if (rule.Milestones[n].From(first.On.Date, calendar) > after)
            {
                return n;
            }
        }

        return null;
    }

    /// <summary>The mid-point between a start and the end of its cycle, rounded down to a whole day.</summary>
    public static Calculation MidPoint(Fact start, DateOnly cycleEnds, WorkingDays calendar) =>
        On(new DueDate(start.On.Date.AddDays(Math.Max(0, cycleEnds.DayNumber - start.On.Date.DayNumber) / 2)), start.On, default, calendar) with { CycleEnds = cycleEnds };

    // A date that an order, a direction or a booking states. Where it is due so long before, booking late does not make it late on that day.
    private static Calculation Stated(Counting c)
    {
        if (EventCatalogue.KindOf(c.Start.Event).Member(c.Rule.Member!)?.Of(c.Start.Event) is not DateOnly date)
        {
            return new Calculation(null, null, c.Start.On, default);
        }

        return c.Rule.Before is not { } before ? On(new DueDate(date), c.Start.On, default, c.Calendar)
            : NotBefore(c.Start.On.Date, On(new DueDate(before.From(date, c.Calendar, -1)), new Happened(date), before, c.Calendar), c.Calendar);
    }

    private static Calculation Milestone(Counting c)
    {
        var within = c.Rule.Milestones[Math.Min(c.Round, c.Rule.Milestones.Count - 1)];
        return On(Count(c.First.On, within, c.Rule.StartIsDayOne, c.Calendar), c.First.On, within, c.Calendar);
    }

    // The circumstances of the day of the start, or of the day on which a duty older than they are began to count, set the length. Whenever
    // they change before the duty is due or ended they set it anew: from the same start, but never to a day before the change.
    private static Calculation Counted(Counting c)
    {
        if (From(c) is not { } from)
        {
            return new Calculation(null, null, c.Start.On, default) { Missing = "The date of birth is not recorded." };
        }

        var counts = c.NotBefore ?? c.Start.On.Date;
        var sum = Length(c, from, counts);
        foreach (var day in Changes(c, counts))
        {
            if (day > sum.Due!.Value.Date || day > c.EndedOn)
            {
                break;
            }

            var anew = Length(c, from, day);
            sum = anew.Variant == sum.Variant ? sum : NotBefore(day, anew, c.Calendar) with { ChangedOn = day };
        }

        return c.Rule.OwnInterval is { } own ? Tighter(sum, own, c.Start, c.History, c.Calendar) : sum;
    }

    private static Calculation Length(Counting c, Happened from, DateOnly asOn)
    {
        var rule = c.Rule;
        foreach (var variant in rule.Variants)
        {
            var due = Count(from, variant.Within, rule.StartIsDayOne, c.Calendar);
            if (variant.When.Hold(c.History, asOn, due.Date, c.Calendar))
            {
                return On(due, from, variant.Within, c.Calendar, variant);
            }
        }

        var within = c.Round > 0 && rule.ThenWithin.Count > 0 ? rule.ThenWithin[Math.Min(c.Round, rule.ThenWithin.Count) - 1] : rule.Within;
        return On(Count(from, within, rule.StartIsDayOne, c.Calendar), from, within, c.Calendar);
    }

    private static Happened? From(Counting c)
    {
        if (c.Rule.CountFrom is not { } from)
        {
            return c.Start.On;
        }

        var day = from.After is { } after ? after.From(c.Start.On.Date, c.Calendar) : c.Start.On.Date;
        return from.Birthday is not { } years ? new Happened(day)
            : c.History.DateOfBirth is { } born ? new Happened(born.AddYears(years) > day ? born.AddYears(years) : day)
            : null;
    }

    // The days after one on which something happened that the variants ask for.
    private static IEnumerable<DateOnly> Changes(Counting c, DateOnly after) => c.Rule.VariedBy.Count == 0 ? [] :
        c.Rule.VariedBy.SelectMany(kind => c.History.Of(kind)).Select(f => f.On.Date).Where(day => day > after).Distinct().Order();

    private static Calculation Moved(Calculation usual, MovedBy moved, Counting c)
    {
        var by = c.History.Of(moved.By.Kind).LastOrDefault(f => moved.By.Matches(f.Event)
            && (!c.SameRef || c.Start.Event.Ref is null || f.Event.Ref is null || c.Start.Event.Ref == f.Event.Ref)
            && f.On.Date >= c.Start.On.Date && !(f.On.Date > c.EndedOn) && moved.Member.Of(f.Event) is DateOnly);
        return by is null ? usual : On(new DueDate((DateOnly)moved.Member.Of(by.Event)!), usual.From, usual.Within, c.Calendar) with { MovedBy = by };
    }

    private static Calculation NotBefore(DateOnly day, Calculation sum, WorkingDays calendar) =>
        sum.Due is not { } due || due.Date >= day ? sum : sum with { Due = new DueDate(day), PlanBy = calendar.OnOrBefore(day) };

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

    /// <summary>So long after something happened, by the conventions of a rule.</summary>
    public static DueDate Count(Happened from, Span within, bool startIsDayOne, WorkingDays calendar)
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
