using System.Text.Json;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Alerts.Channels;

/// <summary>A feed as JSON Feed 1.1.</summary>
internal static class JsonFeed
{
    /// <summary>What it is served as.</summary>
    public const string ContentType = "application/feed+json; charset=utf-8";

    /// <summary>Writes the feed.</summary>
    public static byte[] Write(FetchedFeed feed) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        version = "https://jsonfeed.org/version/1.1",
        title = feed.Title,
        home_page_url = feed.Home,
        feed_url = feed.Self,
        authors = Authors,
        items = feed.Items.Select(item => new
        {
            id = $"urn:practice-events:alert:{item.Id}",
            url = item.Link,
            title = item.Line,
            content_text = item.Text,
            date_published = Rfc3339.Write(item.RaisedAt),
            date_modified = Rfc3339.Write(item.ChangedAt),
            tags = (string[])[item.Stage],
        }),
    });

    private static readonly object[] Authors = [new { name = "PracticeEvents" }];
}
