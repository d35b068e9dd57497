using System.Buffers;
using System.Text.Json;

namespace PracticeEvents.Domain.Events;

/// <summary>What is wrong with one member of an event, in words a worker understands.</summary>
/// <param name="Member">JSON name of the member, or nothing when the whole event is meant.</param>
/// <param name="Why">What is wrong and what is wanted, in a sentence or two.</param>
public sealed record Problem(string? Member, string Why);

/// <summary>An event read from outside, or everything that is wrong with it.</summary>
/// <param name="Event">The event; nothing when there are problems.</param>
/// <param name="Problems">Everything wrong with it; empty when it was read.</param>
public sealed record Reading(PracticeEvent? Event, IReadOnlyList<Problem> Problems);

/// <summary>Reads the data of events that come from outside. Refusals are values: no JSON makes it throw.</summary>
public static class EventReader
{
    /// <summary>Reads an event sent in under a type name; a name that is unknown, or that only this service uses, is refused.</summary>
    /// <param name="alias">Stored name or CloudEvents type, such as <c>visit_recorded</c> or <c>practice.visit_recorded</c>.</param>
    /// <param name="data">The event's data.</param>
    /// <param name="fallbackOn">When it happened, for data without <c>on</c>: the London date of the CloudEvents time.</param>
    /// <param name="today">Today's London date.</param>
    /// <param name="subject">The CloudEvents subject: the child, for an event about a child.</param>
    public static Reading FromBody(string alias, JsonElement data, Happened? fallbackOn, DateOnly today, string? subject = null)
    {
        if (EventCatalogue.Find(alias) is not { } kind)
        {
            return Refused(null, UnknownType(alias));
        }

        return kind.AppendedHere
            ? Refused(null, $"Only this service appends '{kind.Alias}'; it cannot be sent in.")
            : Read(kind, data, fallbackOn, today, subject);
    }

    /// <summary>Reads the data of an event of a known kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="data">The event's data.</param>
    /// <param name="fallbackOn">When it happened, for data without <c>on</c>.</param>
    /// <param name="today">Today's London date: what happened cannot be more than a day later.</param>
    /// <param name="subject">The child, for data without <c>child</c>; when both are given they must be the same.</param>
    public static Reading Read(EventKind kind, JsonElement data, Happened? fallbackOn, DateOnly today, string? subject = null) =>
        Read(kind, data, fallbackOn, today, subject, path: "");

    /// <summary>Reads the right body in <see cref="Corrected.Data"/>. The members in its problems are named <c>data.…</c>.</summary>
    /// <param name="target">The kind of the wrong event: a correction cannot change it.</param>
    /// <param name="data">The right body.</param>
    /// <param name="fallbackOn">When the wrong event happened, for a body that does not say.</param>
    /// <param name="today">Today's London date.</param>
    /// <param name="subject">The child of the wrong event: a fact about another child is another event, not a correction.</param>
    public static Reading ReadCorrection(EventKind target, JsonElement data, Happened? fallbackOn, DateOnly today, string? subject = null) =>
        Read(target, data, fallbackOn, today, subject, path: "data.");

    private static Reading Read(EventKind kind, JsonElement data, Happened? fallbackOn, DateOnly today, string? subject, string path)
    {
        var problems = new List<Problem>();
        if (EventBody.Open(data, kind, path, problems) is not { } given)
        {
            return new(null, problems);
        }

        var check = new MemberCheck(today, path, problems);
        foreach (var member in kind.Members)
        {
            if (given.TryGetValue(member.Name, out var value))
            {
                check.Value(member, value);
            }
            else if (member.Required && (member.Name is not "child" || !kind.AboutChild))
            {
                check.Say(member, $"is missing: give {MemberCheck.Wanted(member)}");
            }
        }

        var on = given.ContainsKey("on") ? null : fallbackOn;
        if (on is { } happened)
        {
            check.Believable(kind.Member("on")!, happened.Date);
        }
        else if (!given.ContainsKey("on"))
        {
            check.Say(kind.Member("on")!, $"is missing: give {MemberCheck.Wanted(kind.Member("on")!)}");
        }

        var child = kind.AboutChild ? Child(kind, given, subject, check) : null;
        Together(kind, given, check);
        return problems.Count > 0 ? new(null, problems) : new(Build(kind, given, on, child), []);
    }

    /// <summary>The child to fill in from the subject; nothing when the data names it.</summary>
    private static string? Child(EventKind kind, Dictionary<string, JsonElement> given, string? subject, MemberCheck check)
    {
        var member = kind.Member("child")!;
        subject = subject is "" ? null : subject;
        if (!given.TryGetValue("child", out var child))
        {
            if (subject is null)
            {
                check.Say(member, $"is missing: give {MemberCheck.Wanted(member)}");
            }
            else if (!Code.IsValid(subject))
            {
                check.Say(member, $"is taken from the event's subject, which must be {MemberCheck.Wanted(member)}");
            }

            return subject;
        }

        if (subject is not null && EventBody.Text(child) is { } named && named != subject)
        {
            check.Say(member, $"is {Code.Quote(named)} but the event's subject is {Code.Quote(subject)}: they must be the same child");
        }

        return null;
    }

    /// <summary>What members must be together, whatever each is alone.</summary>
    private static void Together(EventKind kind, Dictionary<string, JsonElement> given, MemberCheck check)
    {
        if (kind.Record == typeof(ChildRegistered) && given.ContainsKey("dateOfBirth") == given.ContainsKey("expectedDateOfBirth"))
        {
            check.Say(kind.Member("dateOfBirth")!, "or expectedDateOfBirth must be given, and not both");
        }

        // Dates written year first sort as text.
        if (kind.Record == typeof(AbsenceRecorded) && given.TryGetValue("from", out var from) && given.TryGetValue("to", out var to)
            && EventBody.Text(from) is { } first && EventBody.Text(to) is { } last && string.CompareOrdinal(first, last) > 0)
        {
            check.Say(kind.Member("to")!, "must not be before from");
        }
    }

    private static PracticeEvent Build(EventKind kind, Dictionary<string, JsonElement> given, Happened? on, string? child)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in given)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            if (child is not null)
            {
                writer.WriteString("child", child);
            }

            if (on is { } happened)
            {
                writer.WriteString("on", happened.ToString());
            }

            writer.WriteEndObject();
        }

        return (PracticeEvent)JsonSerializer.Deserialize(buffer.WrittenSpan, kind.Record, EventJson.Options)!;
    }

    private static string UnknownType(string alias)
    {
        var name = alias.StartsWith("practice.", StringComparison.Ordinal) ? alias["practice.".Length..] : alias;
        var sentence = Code.IsValid(name) ? $"There is no event type '{name}'." : "There is no event type of that name.";
        var near = Code.Nearest(name, EventCatalogue.All.Where(k => !k.AppendedHere).Select(k => k.Alias));
        return near is null ? sentence : $"{sentence} Did you mean '{near}'?";
    }

    private static Reading Refused(string? member, string why) => new(null, [new(member, why)]);
}
