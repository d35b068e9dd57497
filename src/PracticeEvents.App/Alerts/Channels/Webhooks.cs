using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using PracticeEvents.App.Alerts.Sending;
using PracticeEvents.App.Inputs;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Alerts.Channels;

/// <summary>Alerts to other systems by webhook: a CloudEvent in structured mode, signed as Standard Webhooks 1.0.0 lays down. It carries ids only;
/// whoever receives it asks for the rest with a token of their own, so that each look at a child is somebody's.</summary>
internal sealed class Webhooks(OutboundHttp http, TimeProvider time) : IChannel
{
    public string Name => "webhook";

    public string AddressIs => "an https address outside private networks; Alerts:Channels:AllowPrivateAddresses allows others";

    public string? WhyOff => null;

    public bool IsForPeople => false;

    public bool Takes(string address) => http.Takes(address);

    public async Task<Attempt> SendAsync(Subscription to, Notice notice, CancellationToken ct)
    {
        var body = BodyOf(notice);
        using var request = new HttpRequestMessage(HttpMethod.Post, to.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json", "utf-8");

        // The receiver measures by the clock of the world, also in a rehearsal.
        var now = TimeProvider.System.GetUtcNow();
        request.Headers.Add(StandardWebhooks.IdHeader, notice.Id);
        request.Headers.Add(StandardWebhooks.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(StandardWebhooks.SignatureHeader, StandardWebhooks.Sign(notice.Id, now, body, to.LiveSecrets(time.GetUtcNow())));
        return await http.SendAsync(request, ct);
    }

    /// <summary>The bytes that are signed and sent.</summary>
    public static byte[] BodyOf(Notice notice) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        specversion = "1.0",
        id = notice.Id,
        source = OwnSource,
        type = notice.Items is [var said] ? $"practice.{said.Kind}" : "practice.test",
        subject = notice.Items is [var about] ? about.Alert.Id : null,
        time = Rfc3339.Write(notice.At),
        datacontenttype = "application/json",
        timestamp = Rfc3339.Write(notice.At),
        data = notice.Items is [{ Alert: var a }]
            ? new
            {
                alert = a.Id,
                child = a.Child,
                rule = a.Rule,
                occurrence = a.Occurrence,
                stage = EventName.Word(a.Stage),
                role = EventName.Word(a.Role),
                status = EventName.Word(a.Status.ToString()),
                due = a.Due.ToString(),
            }
            : (object)new { test = true },
    }, Options);

    private const string OwnSource = Process.OwnEvents.Source;
    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
}
