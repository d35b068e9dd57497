using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using PracticeEvents.App.Inputs;
using PracticeEvents.Benchmarks.Rows;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Benchmarks.Http;

/// <summary>Requests as bytes.</summary>
internal static class Requests
{
    /// <summary>One CloudEvent in structured mode, signed as Standard Webhooks lays down.</summary>
    /// <param name="address">Where the service listens.</param>
    /// <param name="secret">The sender's secret.</param>
    /// <param name="e">What happened.</param>
    public static byte[] Signed(Uri address, string secret, PracticeEvent e)
    {
        var id = Samples.Id();
        var body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = id,
            ["source"] = "/bench",
            ["type"] = EventCatalogue.KindOf(e).Alias,
            ["datacontenttype"] = "application/json",
            ["data"] = JsonNode.Parse(EventJson.Write(e)),
        }.ToJsonString());
        var now = TimeProvider.System.GetUtcNow();
        var head = string.Create(CultureInfo.InvariantCulture, $"""
            POST /events HTTP/1.1
            Host: {address.Authority}
            Content-Type: application/cloudevents+json
            Content-Length: {body.Length}
            {StandardWebhooks.IdHeader}: {id}
            {StandardWebhooks.TimestampHeader}: {now.ToUnixTimeSeconds()}
            {StandardWebhooks.SignatureHeader}: {StandardWebhooks.Sign(id, now, body, [secret])}


            """).ReplaceLineEndings("\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    /// <summary>An empty POST to an address that does not read it: the cheapest answer the same server gives.</summary>
    public static byte[] Empty(Uri address) => Encoding.ASCII.GetBytes($"POST /health/live HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Length: 0\r\n\r\n");
}
