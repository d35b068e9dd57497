using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace PracticeEvents.Store.Tests;

/// <summary>Calls with deliveries that get in each other's way: few ids, few streams (one of them archived), few bodies.</summary>
internal static class AnyDeliveries
{
    /// <summary>The stream to be archived beforehand.</summary>
    public const string Archived = "child-archived";

    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Several calls, one after another.</summary>
    public static Arbitrary<Delivery[][]> Arbitrary { get; } = Gen.Sized(size =>
        from plainness in Gen.Choose(0, 3)
        from calls in Gen.Choose(1, 4)
        from made in Gen.ArrayOf(Call(plainness, 1 + Math.Min(size, 12)), calls)
        select made).ToArbitrary();

    // Of plain calls the ids are many and nothing is refused, so that the short way is taken too.
    private static Gen<Delivery[]> Call(int plainness, int most) =>
        from count in Gen.Choose(1, most)
        from deliveries in Gen.ArrayOf(plainness > 0 ? PlainDelivery(plainness * 40) : MessyDelivery, count)
        select deliveries;

    private static Gen<Delivery> PlainDelivery(int ids) =>
        from count in Gen.Choose(1, 2)
        from events in Gen.ArrayOf(Event(ids, Gen.Elements("child-1", "child-2", "child-3"), Gen.Constant<long?>(null)), count)
        select Of(events);

    private static Gen<Delivery> MessyDelivery =>
        from count in Gen.Choose(0, 3)
        from events in Gen.ArrayOf(Event(6, Gen.Elements("child-1", "child-2", "child-3", Archived), Gen.Elements<long?>(null, null, null, 0, 1, 2)), count)
        from refusal in Gen.Frequency((6, Gen.Constant<string?>(null)), (1, Gen.Constant<string?>("No such event type")))
        select Of(events) with { Refusal = refusal };

    private static Gen<NewEvent> Event(int ids, Gen<string> streams, Gen<long?> expected) =>
        from id in Gen.Choose(1, ids)
        from stream in streams
        from type in Gen.Frequency((5, Gen.Constant("visit_recorded")), (1, Gen.Constant("note_made")))
        from data in Gen.Elements("""{"on":"2026-11-02","by":"A"}""", """{ "by": "\u0041", "on": "2026-11-02" }""", """{"on":"2026-11-03"}""")
        from version in expected
        select new NewEvent(stream, type, null, data, "cms", $"e{id}", Noon) { ExpectedVersion = version };

    private static Delivery Of(NewEvent[] events) =>
        new("cms", "cloudevents", events.FirstOrDefault()?.EventId, Encoding.UTF8.GetBytes(string.Join('|', events.Select(e => e.EventId + e.Data))), Noon) { Events = events };
}
