using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Alerts.Channels;
using PracticeEvents.App.Alerts.Sending;

namespace PracticeEvents.App.Api;

/// <summary><c>/feeds/{token}.atom</c>, <c>.json</c> and <c>.ics</c>: for programs that can only fetch an address. The token in it is the
/// proof, and each item is looked at again when it is served.</summary>
internal static class FetchedFeeds
{
    public static void MapFetchedFeeds(this IEndpointRouteBuilder routes) => routes.MapGet("/feeds/{token}.{ending}", FetchAsync).AllowAnonymous().WithTags("Feeds")
        .WithName("FetchFeed").WithSummary("A feed (atom, json) or calendar (ics) by its token").Produces(200).Produces(304).ProducesProblem(404);

    private static async Task<IResult> FetchAsync(
        string token, string ending, HttpContext http, Subscriptions subscriptions, FeedReader feeds,
        Calendar calendar, AlertLinks links, CancellationToken ct)
    {
        if (ending is not ("atom" or "json" or "ics") || await subscriptions.OfTokenAsync(token, ct) is not { } s)
        {
            return Results.Problem("There is no such feed, or it was revoked.", statusCode: StatusCodes.Status404NotFound, title: "Not found");
        }

        var self = links.Feed(token, ending);
        var (body, type) = ending switch
        {
            "atom" => (AtomFeed.Write(await feeds.ReadAsync(s, self, ct)), AtomFeed.ContentType),
            "json" => (JsonFeed.Write(await feeds.ReadAsync(s, self, ct)), JsonFeed.ContentType),
            _ => (await calendar.ReadAsync(s, ct), Calendar.ContentType),
        };

        // Kept by nobody on the way, and asked about each time: a child that was lost is gone at the next look.
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return Results.Bytes(body, type, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..32]}\""));
    }
}
