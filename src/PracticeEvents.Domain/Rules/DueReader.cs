using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Rules;

/// <summary>Reads how a rule's due date is worked out.</summary>
internal static class DueReader
{
    public static DueRule Read(RuleText text) =>
        text.Flag("endOfDay") ? new DueRule { Method = DueMethod.EndOfDay }
        : text.Flag("midPoint") ? new DueRule { Method = DueMethod.MidPoint }
        : text.OptionalText("on") is { } member ? new DueRule
        {
            Method = DueMethod.Explicit,
            Member = member,
            Before = text.Has("before") ? text.Span("before") : null,
            MovedBy = text.Object("movedBy", Moved),
        }
        : new DueRule
        {
            Method = DueMethod.Within,
            Within = text.Has("milestones") && !text.Has("within") ? default : text.Span("within"),
            ThenWithin = [.. text.Texts("thenWithin").Select(t => Span(text, "thenWithin", t))],
            StartIsDayOne = text.Flag("startIsDayOne"),
            Clocks = text.List("clocks", c => c.Object("from", TriggerReader.Read) is { } from
                ? new Clock(c.Text("name"), from, c.List("unlessSince", TriggerReader.Read)) : null),
            Variants = text.List("variants", Variant),
            OwnInterval = text.Object("ownInterval", Own),
            Milestones = [.. text.Texts("milestones").Select(t => Span(text, "milestones", t))],
            CountFrom = text.Object("countFrom", c => new CountFrom(c.Has("birthday") ? c.Number("birthday") : null, c.Has("after") ? c.Span("after") : null)),
            MovedBy = text.Object("movedBy", Moved),
            LocalClosures = text.Flag("localClosures"),
        };

    private static Variant Variant(RuleText text)
    {
        var variant = new Variant(text.Text("name"), text.List("when", CircumstanceReader.Read), text.Span("within"));
        if (variant.When.Count == 0)
        {
            text.Wrong("when", "is missing: say which circumstances make the difference.");
        }

        return variant;
    }

    private static MovedBy? Moved(RuleText text)
    {
        var trigger = text.Object("by", TriggerReader.Read);
        var name = text.Text("member");
        if (trigger?.Kind.Member(name) is { } member && member.Type == typeof(DateOnly))
        {
            return new MovedBy(trigger, member);
        }

        text.Wrong("member", $"the event has no date called \"{name}\".");
        return null;
    }

    private static OwnInterval? Own(RuleText text)
    {
        var name = text.Text("event");
        var member = text.Text("member");
        var unit = text.Word<SpanUnit>("unit");
        if (EventCatalogue.Find(name) is { } kind && kind.Member(member) is { } found && found.Type == typeof(int))
        {
            return new OwnInterval(kind, found, unit);
        }

        text.Wrong("member", $"the event \"{name}\" has no number called \"{member}\".");
        return null;
    }

    private static Span Span(RuleText text, string name, string value)
    {
        if (!Timescales.Span.TryParse(value, out var span))
        {
            text.Wrong(name, $"\"{value}\" is not a length such as \"6 months\".");
        }

        return span;
    }
}
