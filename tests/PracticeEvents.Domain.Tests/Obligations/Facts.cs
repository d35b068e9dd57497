using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Tests.Rules;
using PracticeEvents.Domain.Timescales;
using AllDuties = PracticeEvents.Domain.Timescales.Obligations;

namespace PracticeEvents.Domain.Tests.Histories;

/// <summary>Makes facts of one child, and says what follows from them under the rules of this repository.</summary>
internal static class Facts
{
    public const string Child = "c1";

    public static RuleBook Rules { get; } = new(RuleFiles.All, RuleFiles.Calendar);

    /// <summary>A fact as a source told it.</summary>
    public static Fact Of(PracticeEvent e, string source, string id, DateTimeOffset recordedAt, long position = 0) =>
        new(IdOf(source, id), source, id, e, recordedAt, recordedAt, position);

    /// <summary>The fact that another should never have been recorded.</summary>
    public static Fact InError(Fact wrong, string id, DateTimeOffset recordedAt) =>
        Of(new RecordedInError { Child = Child, On = Happened.AtInstant(recordedAt), Event = wrong.EventId, Source = wrong.Source }, "/office", id, recordedAt);

    /// <summary>The fact that another happened on a different day.</summary>
    public static Fact Moved(Fact wrong, int days, string id, DateTimeOffset recordedAt)
    {
        var body = JsonNode.Parse(EventJson.Write(wrong.Event))!.AsObject();
        body["on"] = wrong.On.Date.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var right = new Corrected
        {
            Child = Child,
            On = Happened.AtInstant(recordedAt),
            Event = wrong.EventId,
            Source = wrong.Source,
            Data = JsonSerializer.SerializeToElement(body),
        };
        return Of(right, "/office", id, recordedAt);
    }

    /// <summary>The same facts as if they had arrived in another order: places and times of arrival follow the order given.</summary>
    public static IReadOnlyList<Fact> Arriving(IEnumerable<Fact> inOrder) =>
        [.. inOrder.Select((f, i) => f with { Position = i + 1, ReceivedAt = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(i) })];

    /// <summary>Every duty that follows from what was told.</summary>
    public static IReadOnlyList<Obligation> Duties(IEnumerable<Fact> told) => AllDuties.For(History.Of(told), Rules);

    /// <summary>Duties in words, down to the steps of the calculation, so that any difference shows.</summary>
    public static IReadOnlyList<string> Words(IEnumerable<Obligation> duties) =>
    [
        .. duties.Select(d => string.Create(CultureInfo.InvariantCulture, $"""
            {d.Rule.Id}/{d.Occurrence:N} {d.Edition.Name} {d.Round} from {d.StartedOn} due {d.Due} plan {d.PlanBy:yyyy-MM-dd} {d.Outcome} by {d.EndedBy?.EventId} on {d.MetOn} {d.Because}
            {string.Join(" ", d.Nudges.Select(n => $"{n.At:u}{n.Step.Stage}"))} {string.Join(" ", d.Steps().Select(s => s.Text))}
            """)),
    ];

    // Like the store's: it depends on nothing but the source and its id.
    private static Guid IdOf(string source, string id) =>
        new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{source}\n{id}")).AsSpan(0, 16));
}
