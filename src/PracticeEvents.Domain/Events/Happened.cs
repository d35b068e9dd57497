using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PracticeEvents.Domain.Events;

/// <summary>When something happened in practice: always a Europe/London date, and the instant too where the time of day matters.</summary>
/// <param name="Date">The London date.</param>
/// <param name="At">The instant, when the sender gave a time of day; otherwise nothing, never a made-up midnight.</param>
[JsonConverter(typeof(HappenedJson))]
public readonly record struct Happened(DateOnly Date, DateTimeOffset? At = null) : IComparable<Happened>
{
    /// <summary>The instant given, or the start of the London day when only a date is known.</summary>
    public DateTimeOffset Instant => At ?? London.StartOf(Date);

    /// <summary>A happening whose time of day is known.</summary>
    public static Happened AtInstant(DateTimeOffset instant) => new(London.DateOf(instant), instant);

    /// <summary>By date first; on one day, those with a time of day come in time order after those without.</summary>
    public int CompareTo(Happened other) => Date != other.Date
        ? Date.CompareTo(other.Date)
        : Nullable.Compare(At?.ToUniversalTime(), other.At?.ToUniversalTime());

    /// <summary>Reads <c>2026-09-07</c> or a date-time with an offset, <c>2026-09-07T14:30:00+01:00</c>. Anything else is refused.</summary>
    public static bool TryParse(string? text, out Happened happened)
    {
        happened = default;
        if (Rfc3339.TryParseDate(text, out var date))
        {
            happened = new(date);
            return true;
        }

        if (Rfc3339.TryParse(text, out var at))
        {
            happened = AtInstant(at);
            return true;
        }

        return false;
    }

    /// <summary>As written in events: the date alone, or the instant with its offset.</summary>
    public override string ToString() => At is { } at
        ? at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)
        : Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Earlier than.</summary>
    public static bool operator <(Happened left, Happened right) => left.CompareTo(right) < 0;

    /// <summary>Later than.</summary>
    public static bool operator >(Happened left, Happened right) => left.CompareTo(right) > 0;

    /// <summary>Not later than.</summary>
    public static bool operator <=(Happened left, Happened right) => left.CompareTo(right) <= 0;

    /// <summary>Not earlier than.</summary>
    public static bool operator >=(Happened left, Happened right) => left.CompareTo(right) >= 0;

    private sealed class HappenedJson : JsonConverter<Happened>
    {
        public override Happened Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var happened) ? happened : throw new JsonException("not a date or a date-time with offset");

        public override void Write(Utf8JsonWriter writer, Happened value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
