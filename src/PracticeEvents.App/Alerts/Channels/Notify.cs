using System.Net.Http.Headers;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PracticeEvents.App.Alerts.Sending;

namespace PracticeEvents.App.Alerts.Channels;

/// <summary>Email by GOV.UK Notify, on when <c>Alerts:Channels:Notify</c> has an ApiKey and a Template. The template needs three fields: ((line)),
/// ((due)) and ((link)). The key's own format and the short-lived token made from it are those of Notify's documented REST interface: a JWT with
/// HS256, the service id as issuer.</summary>
internal sealed class Notify(OutboundHttp http, IConfiguration configuration) : IChannel
{
    private const int KeyLength = 36;

    private readonly IConfigurationSection settings = configuration.GetSection("Alerts:Channels:Notify");

    public string Name => "notify";

    public string AddressIs => "an email address";

    public string? WhyOff => settings["ApiKey"] is { Length: > (2 * KeyLength) + 1 } && settings["Template"] is { Length: > 0 }
        ? null
        : "GOV.UK Notify is not set up: Alerts:Channels:Notify needs an ApiKey and a Template.";

    public bool Takes(string address) => address.Length <= 254 && !address.Any(char.IsControl) && MailAddress.TryCreate(address, out var mail) && mail.Address == address;

    public async Task<Attempt> SendAsync(Subscription to, Notice notice, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(settings["Address"] ?? "https://api.notifications.service.gov.uk"), "/v2/notifications/email"))
        {
            Content = JsonContent.Create(new
            {
                email_address = to.Address,
                template_id = settings["Template"],
                reference = notice.Id,
                personalisation = new { line = notice.Line, due = notice.Text, link = notice.Link.ToString() },
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(settings["ApiKey"]!, TimeProvider.System.GetUtcNow()));
        return await http.SendAsync(request, ct);
    }

    /// <summary>The token of one request. An API key ends in the service's id and the secret, each 36 characters, parted by a hyphen.</summary>
    public static string TokenOf(string key, DateTimeOffset now)
    {
        var (service, secret) = (key[^((2 * KeyLength) + 1)..^(KeyLength + 1)], key[^KeyLength..]);
        var signed = $"{Part(new { typ = "JWT", alg = "HS256" })}.{Part(new { iss = service, iat = now.ToUnixTimeSeconds() })}";
        return $"{signed}.{Base64(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed)))}";
    }

    private static string Part<T>(T value) => Base64(JsonSerializer.SerializeToUtf8Bytes(value));

    private static string Base64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
