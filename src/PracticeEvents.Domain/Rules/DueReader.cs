using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Rules;

/// <summary>Reads how a rule's due date is worked out.</summary>
internal static class DueReader
{
    public static DueRule Read(RuleText text) =>
        text.Flag("endOfDay") ? new DueRule { Method = DueMethod.EndOfDay }
        : text.Flag("midPoint") ? new DueRule { Method = DueMethod.MidPoint }
        : text.OptionalText("on") is { } member ? new DueRule { Method = DueMethod.Explicit, Member = member }
        : new DueRule
        {
            Method = DueMethod.Within,
            Within = text.Span("within"),
            ThenWithin = [.. text.Texts("thenWithin").Select(t => Span(text, "thenWithin", t))],
            StartIsDayOne = text.Flag("startIsDayOne"),
            Clocks = text.List("clocks", c => c.Object("from", TriggerReader.Read) is { } from
                ? new Clock(c.Text("name"), from, c.List("unlessSince", TriggerReader.Read)) : null),
            Variants = text.List("variants", Variant),
            OwnInterval = text.Object("ownInterval", Own),
        };

    private static Variant? Variant(RuleText text)
    {
        var latest = text.Object("latest", TriggerReader.Read);
        var lasted = text.Has("lastedFor") ? text.Span("lastedFor") : default(Span?);
        var variant = latest is null ? null : new Variant(text.Text("name"), latest, lasted, text.Span("within"));
        if (latest is null)
        {
            text.Wrong("latest", "is missing: say which fact makes the difference.");
        }

        return variant;
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
