using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace PracticeEvents.App.Alerts;

/// <summary>Addresses of pages, for messages that leave the service: <c>Web:Address</c> where it is set, else where the service listens.</summary>
internal sealed class AlertLinks(IConfiguration configuration, IServer server)
{
    /// <summary>The list of alerts.</summary>
    public Uri Alerts => new(Root, "alerts");

    /// <summary>The page of what reaches me, and how.</summary>
    public Uri Subscriptions => new(Root, "subscriptions");

    /// <summary>The page of an alert.</summary>
    public Uri Alert(string id) => new(Root, $"alerts/{Uri.EscapeDataString(id)}");

    /// <summary>The page of a child.</summary>
    public Uri Child(string child) => new(Root, $"children/{Uri.EscapeDataString(child)}");

    /// <summary>A feed by its token and ending.</summary>
    public Uri Feed(string token, string ending) => new(Root, $"feeds/{token}.{ending}");

    /// <summary>The addresses of a feed by its token: Atom, JSON Feed, calendar.</summary>
    public IReadOnlyList<Uri> Feeds(string token) => [Feed(token, "atom"), Feed(token, "json"), Feed(token, "ics")];

    private Uri Root => new(
        (configuration["Web:Address"]
            ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
                ?.Replace("[::]", "localhost", StringComparison.Ordinal)
                .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
            ?? "http://localhost").TrimEnd('/') + "/");
}
