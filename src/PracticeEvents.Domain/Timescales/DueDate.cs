using System.Text.Json;
using System.Text.Json.Serialization;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Timescales;

/// <summary>When a duty is due: a London date, or an instant where hours or the end of a day count.</summary>
/// <param name="Date">The London date. Never rolled forward off a weekend or holiday: the law says "not more than".</param>
/// <param name="At">The instant, for duties counted in hours or due by the end of the day.</param>
[JsonConverter(typeof(DueDateJson))]
public readonly record struct DueDate(DateOnly Date, DateTimeOffset? At = null)
{
    /// <summary>A duty due at an instant.</summary>
    public static DueDate AtInstant(DateTimeOffset at) => new(London.DateOf(at), at);

    /// <summary>The same due date with its instant, if any, written in UTC.</summary>
    public DueDate InUtc => this with { At = At?.ToUniversalTime() };

    /// <summary>The first instant at which the duty is late.</summary>
    public DateTimeOffset LateFrom => At?.AddSeconds(1) ?? London.StartOf(Date.AddDays(1));

    /// <summary>True when something that happened then came too late. A date without a time of day is given the benefit of the doubt on the due date.</summary>
    public bool IsLate(Happened met) => At is { } at && met.At is { } when ? when > at : met.Date > Date;

    /// <summary>The date, or the instant in London time with its offset.</summary>
    public override string ToString() => new Happened(Date, At is { } at ? London.TimeOf(at) : null).ToString();

    /// <summary>For people: "Thursday 12 March 2026", with the London time where one counts: "Thursday 12 March 2026 at 09:00".</summary>
    public string InWords() => At is { } at ? $"{Explanation.Day(Date)} at {London.TimeOf(at):HH:mm}" : Explanation.Day(Date);

    private sealed class DueDateJson : JsonConverter<DueDate>
    {
        public override DueDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Happened.TryParse(reader.GetString(), out var due) ? new DueDate(due.Date, due.At?.ToUniversalTime()) : throw new JsonException("not a due date");

        public override void Write(Utf8JsonWriter writer, DueDate value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
