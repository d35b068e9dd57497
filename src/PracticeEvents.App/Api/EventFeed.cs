using System.Security.Claims;
using System.Text.Json;
using PracticeEvents.App.Access;
using PracticeEvents.App.Children;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Api;

/// <summary><c>/api/events?after=</c>: everything in order, for programs that pull. A reader sees the events of children whom they may see;
/// teams and workers, rules and calendar are for all who work here. What else is about no child, such as a supervision that names the children
/// discussed, is for those who see everything, and so are alerts.</summary>
internal static class EventFeed
{
    private const int LongestPage = 1000;

    private static readonly HashSet<string> ForAll =
        [.. StructureReader.Types, EventCatalogue.Kind<RulesPublished>().Alias, EventCatalogue.Kind<CalendarPublished>().Alias];

    public static void MapEventFeed(this IEndpointRouteBuilder api) => api.MapGet("/events", Read)
        .WithName("PullEvents").WithSummary("Events after a position, in order").Produces<EventPage>().ProducesProblem(400);

    private static async Task<IResult> Read(
        ClaimsPrincipal user, EventStore store, ChildAccess access, ViewReader reader, ChildrenView children, CancellationToken ct, long after = 0, int limit = 200)
    {
        if (after < 0 || limit is < 1 or > LongestPage)
        {
            return Results.Problem($"after must be 0 or more and limit between 1 and {LongestPage}.", statusCode: 400, title: "Which page?");
        }

        var events = await store.ReadAllAsync(after, limit, ct: ct);
        var viewer = await access.ViewerAsync(user, ct);
        var about = events.Where(e => e.Stream.StartsWith(ChildPicture.StreamPrefix, StringComparison.Ordinal))
            .Select(e => e.Stream[ChildPicture.StreamPrefix.Length..]).Distinct();
        var seen = viewer.SeesEverything ? null
            : (await reader.RowsAsync(children, [.. about], null, ct)).Where(viewer.Sees).Select(c => ChildPicture.StreamOf(c.Child)).ToHashSet(StringComparer.Ordinal);
        return Results.Json(
            new EventPage(
                [.. events.Where(e => seen is null || seen.Contains(e.Stream) || (IsForAll(e) && !viewer.HasLeft)).Select(EventItem.Of)],
                events.Count == 0 ? after : events[^1].Position),
            ApiJson.Options);
    }

    private static bool IsForAll(StoredEvent e) => ForAll.Contains(e.Type) && !e.Stream.StartsWith(ChildPicture.StreamPrefix, StringComparison.Ordinal);
}

/// <summary>A page of events. <paramref name="Next"/> is the position to ask after next; a page that leaves out what the reader may not see still moves on.</summary>
internal sealed record EventPage(IReadOnlyList<EventItem> Items, long Next);

/// <summary>An event as programs read it.</summary>
internal sealed record EventItem(
    long Position, string Id, string Source, string Type, string? Subject, string? Time, string? Recordedtime, DateTimeOffset Receivedtime, JsonElement Data)
{
    /// <summary>A stored event.</summary>
    public static EventItem Of(StoredEvent e)
    {
        using var headers = JsonDocument.Parse(e.Headers);
        string? Header(string name) => headers.RootElement.TryGetProperty(name, out var v) ? v.GetString() : null;
        var child = e.Stream.StartsWith(ChildPicture.StreamPrefix, StringComparison.Ordinal) ? e.Stream[ChildPicture.StreamPrefix.Length..] : null;
        return new EventItem(
            e.Position, e.EventId, e.Source, EventCatalogue.Find(e.Type)?.CloudEventType ?? "practice." + e.Type, child, Header("time"), Header("recordedtime"),
            e.ReceivedAt.ToUniversalTime(), JsonDocument.Parse(e.Data).RootElement);
    }
}
