using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>Requests to addresses that people gave. Nothing is followed, nothing of an answer is read beyond its head, and no address inside the
/// council's own network is called unless <c>Alerts:Channels:AllowPrivateAddresses</c> says so: whoever may subscribe must not be able to make this
/// service call what only it can reach.</summary>
internal sealed class OutboundHttp : IDisposable
{
    private readonly bool isPrivateAllowed;
    private readonly HttpClient client;

    public OutboundHttp(IConfiguration configuration)
    {
        isPrivateAllowed = configuration.GetValue<bool>("Alerts:Channels:AllowPrivateAddresses");
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 8,
            MaxResponseHeadersLength = 16,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("practice-events");
    }

    /// <summary>True for an address that can be called: https, with no user in it; http too where private addresses are allowed.</summary>
    public bool Takes(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && address.Length <= 2000
        && (uri.Scheme == Uri.UriSchemeHttps || (isPrivateAllowed && uri.Scheme == Uri.UriSchemeHttp))
        && (isPrivateAllowed || !IPAddress.TryParse(uri.Host.Trim('[', ']'), out var literal) || !IsPrivate(literal));

    /// <summary>Sends, and says what became of it. What the receiver writes is never read or kept.</summary>
    public async Task<Attempt> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var code = string.Create(CultureInfo.InvariantCulture, $"http_{(int)answer.StatusCode}");
            return new Attempt(answer.IsSuccessStatusCode, code, answer.StatusCode is HttpStatusCode.Gone, RetryAfter(answer));
        }
        catch (HttpRequestException e)
        {
            return new Attempt(false, e switch
            {
                { InnerException: PrivateAddressException } => "private_address",
                { HttpRequestError: HttpRequestError.SecureConnectionError } or { InnerException: AuthenticationException } => "tls_error",
                { HttpRequestError: HttpRequestError.NameResolutionError } => "name_not_found",
                { HttpRequestError: HttpRequestError.ConnectionError } => "not_reachable",
                _ => "connection_broken",
            });
        }
        catch (IOException)
        {
            return new Attempt(false, "connection_broken");
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>True for an address that is not on the public internet: loopback, link-local, private, shared, multicast, or reserved for something else (RFC 6890).</summary>
    public static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IsPrivate(address.MapToIPv4());
        }

        if (address.AddressFamily is AddressFamily.InterNetworkV6)
        {
            var six = address.GetAddressBytes();
            return IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.IsIPv6Multicast || address.IsIPv6SiteLocal
                || address.Equals(IPAddress.IPv6Any) || (six[0] == 0x20 && six[1] == 0x02) || (six[0] == 0x00 && six[1] == 0x64);
        }

        return address.GetAddressBytes() switch
        {
            [0 or 10 or 127, ..] => true,
            [100, >= 64 and <= 127, ..] => true,
            [169, 254, ..] => true,
            [172, >= 16 and <= 31, ..] => true,
            [192, 0, 0, _] or [192, 0, 2, _] or [192, 168, ..] => true,
            [198, 18 or 19, ..] or [198, 51, 100, _] or [203, 0, 113, _] => true,
            [>= 224, ..] => true,
            _ => false,
        };
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - TimeProvider.System.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : null,
        _ => null,
    };

    // The address is looked up here and the connection made to what was looked at: a name that changes its mind between two look-ups gains nothing.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        var allowed = isPrivateAllowed ? addresses : [.. addresses.Where(a => !IsPrivate(a))];
        if (allowed.Length == 0)
        {
            throw new PrivateAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class PrivateAddressException : Exception;
}
