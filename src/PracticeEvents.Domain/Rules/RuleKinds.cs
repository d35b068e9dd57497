using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Rules;

/// <summary>Which kinds of event a rule looks at anywhere: what starts, meets and ends its duties, periods, circumstances, and what its dates are counted from.</summary>
internal static class RuleKinds
{
    // Birth for ages, and for what is not owed to the unborn.
    private static readonly IReadOnlyList<EventKind> Always =
        [EventCatalogue.Kind<ChildRegistered>(), EventCatalogue.Kind<ChildBorn>(), .. Trigger.EndEverything.Select(t => t.Kind)];

    /// <summary>The kinds of all editions of a rule, some of them more than once.</summary>
    public static IEnumerable<EventKind> Of(Rule rule) => Always.Concat(rule.Editions.SelectMany(Of));

    private static IEnumerable<EventKind> Of(Edition edition) => Triggers(edition).SelectMany(t => t.When.SelectMany(c => c.Kinds).Prepend(t.Kind))
        .Concat(edition.While.SelectMany(c => c.Kinds))
        .Concat(edition.Checklist.SelectMany(q => q.ShownBy).SelectMany(c => c.Kinds))
        .Concat(edition.Due.VariedBy)
        .Concat(edition.Due.OwnInterval is { } own ? [own.Kind] : [])

        // A booked review moves the mid-point before it.
        .Concat(edition.Follows.Count > 0 ? [EventCatalogue.Kind<ReviewScheduled>()] : []);

    private static IEnumerable<Trigger> Triggers(Edition edition) => edition.Starts.Concat(edition.MetBy).Concat(edition.Stops)
        .Concat(edition.During is { } period ? period.From.Concat(period.Until) : [])
        .Concat(edition.Due.Clocks.SelectMany(c => c.UnlessSince.Prepend(c.From)))
        .Concat(edition.Due.MovedBy is { } moved ? [moved.By] : []);
}
