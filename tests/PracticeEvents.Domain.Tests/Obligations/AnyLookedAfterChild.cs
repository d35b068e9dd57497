using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Tests.Histories;

/// <summary>
/// Makes histories of a looked-after child: placements of every kind, changes of legal status, reviews, visits, arrangements that someone else makes, short breaks,
/// leaving care and coming back; dated over years or within weeks, some with a time of day.
/// </summary>
internal static class AnyLookedAfterChild
{
    private const string Child = Facts.Child;

    // Some stories cross the amendment of April 2015.
    private static readonly DateOnly[] Beginnings = [new(2011, 4, 4), new(2014, 1, 6), new(2015, 3, 16), new(2023, 10, 16), new(2025, 3, 3)];

    public static Arbitrary<Told> Arbitrary { get; } = Gen.Sized(size => Histories(Math.Min(4 + (size / 3), 22))).ToArbitrary();

    /// <summary>True on a day by which the child has become looked after, not left, and been placed or visited since.</summary>
    public static bool IsLookedAfter(Told told, DateOnly day) => Entered(told, day) is { } entered && told.Facts.Any(f =>
        f.On.Date >= entered && f.On.Date <= day && f.Event is (PlacementStarted or VisitRecorded { Purpose: VisitPurpose.LookedAfter, Seen: true }));

    /// <summary>True on a day by which the child has left care and not come back.</summary>
    public static bool HasLeftCare(Told told, DateOnly day) => Entered(told, day) is null;

    // The day on which the child became looked after, told once or more often, since leaving care; no child leaves and comes back on one day here.
    private static DateOnly? Entered(Told told, DateOnly day)
    {
        var left = told.Facts.Where(f => f.Event is CeasedToBeLookedAfter && f.On.Date <= day).Select(f => f.On.Date).DefaultIfEmpty().Max();
        var entries = told.Facts.Where(f => f.Event is BecameLookedAfter && f.On.Date <= day && f.On.Date > left).Select(f => f.On.Date).ToList();
        return entries.Count == 0 ? null : entries.Min();
    }

    private static Gen<Told> Histories(int most) =>
        from beginning in Gen.Elements(Beginnings)
        from spread in Gen.Elements(2, 20, 120, 900)
        from first in Gen.Elements(Entries)
        from count in Gen.Choose(0, most)
        from events in One(beginning, spread).ListOf(count)
        select new Told(Facts.Arriving([Numbered(first(new Happened(beginning)), 0), .. events.Select((e, i) => Numbered(e, i + 1))]));

    // Leaving care falls on odd days and coming back on even ones; the last hour is left out, which the spring change of the clocks would carry into the next day.
    private static Gen<PracticeEvent> One(DateOnly beginning, int spread) =>
        from day in Gen.Choose(0, spread)
        from minute in Gen.Frequency((3, Gen.Constant(-1)), (1, Gen.Choose(0, 1379)))
        from make in Gen.Frequency((5, Gen.Elements(Kinds)), (3, Gen.Elements(Visits)), (1, Gen.Elements(Entries)), (1, Gen.Constant(Leaving)))
        let date = beginning.AddDays(ReferenceEquals(make, Leaving) ? (2 * (day / 2)) + 1 : Entries.Contains(make) ? 2 * (day / 2) : day)
        select make(minute < 0 ? new Happened(date) : Happened.AtInstant(London.StartOf(date).AddMinutes(minute)));

    private static Fact Numbered(PracticeEvent e, int n) =>
        Facts.Of(e, "/cms", string.Create(CultureInfo.InvariantCulture, $"e{n}"), e.On.Instant.AddHours(1).ToUniversalTime());

    private static readonly Func<Happened, PracticeEvent> Leaving = on => new CeasedToBeLookedAfter { Child = Child, On = on };

    private static readonly Func<Happened, PracticeEvent>[] Entries =
    [
        on => new BecameLookedAfter { Child = Child, On = on, LegalStatus = "s20" },
        on => new BecameLookedAfter { Child = Child, On = on, LegalStatus = "ico" },
        on => new BecameLookedAfter { Child = Child, On = on, LegalStatus = "care_order" },
        on => new BecameLookedAfter { Child = Child, On = on, LegalStatus = "s20", ShortBreak = true },
    ];

    private static readonly Func<Happened, PracticeEvent>[] Visits =
    [
        on => new VisitRecorded { Child = Child, On = on, Purpose = VisitPurpose.LookedAfter, Seen = true },
        on => new VisitRecorded { Child = Child, On = on, Purpose = VisitPurpose.LookedAfter, Seen = true },
        on => new VisitRecorded { Child = Child, On = on, Purpose = VisitPurpose.LookedAfter, Seen = false },
        on => new VisitRecorded { Child = Child, On = on, Purpose = VisitPurpose.ChildProtection, Seen = true },
    ];

    private static readonly Func<Happened, PracticeEvent>[] Kinds =
    [
        on => new PlacementStarted { Child = Child, On = on, Approval = PlacementApproval.Full },
        on => new PlacementStarted { Child = Child, On = on },
        on => new PlacementStarted { Child = Child, On = on, Approval = PlacementApproval.Reg24 },
        on => new PlacementStarted { Child = Child, On = on, Approval = PlacementApproval.Reg19, WithParent = true },
        on => new PlacementStarted { Child = Child, On = on, Approval = PlacementApproval.Full, WithParent = true },
        on => new PlacementStarted { Child = Child, On = on, WithParent = true, LongTerm = true },
        on => new PlacementStarted { Child = Child, On = on, Approval = PlacementApproval.Full, LongTerm = true },
        on => new PlacementStarted { Child = Child, On = on, Approval = PlacementApproval.Full, LongTerm = true, ChildAgreedSixMonthly = true },
        on => new PlacementEnded { Child = Child, On = on },
        on => new LegalStatusChanged { Child = Child, On = on, LegalStatus = "s20" },
        on => new LegalStatusChanged { Child = Child, On = on, LegalStatus = "ico" },
        on => new LegalStatusChanged { Child = Child, On = on, LegalStatus = "care_order" },
        on => new LookedAfterReviewHeld { Child = Child, On = on },
        on => new OtherArrangementsStarted { Child = Child, On = on },
        on => new OtherArrangementsEnded { Child = Child, On = on },
        on => new TemporaryApprovalGiven { Child = Child, On = on },
        on => new FullApprovalGiven { Child = Child, On = on },
    ];
}
