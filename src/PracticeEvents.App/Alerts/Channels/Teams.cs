using PracticeEvents.App.Alerts.Sending;

namespace PracticeEvents.App.Alerts.Channels;

/// <summary>Microsoft Teams by a Workflows webhook ("Post to a channel when a webhook request is received"): an adaptive card with stage, duty,
/// reference, date and a button to the alert.</summary>
internal sealed class Teams(OutboundHttp http) : IChannel
{
    public string Name => "teams";

    public string AddressIs => "the https address of a Teams workflow";

    public string? WhyOff => null;

    public bool IsShared => true;

    public bool Takes(string address) => http.Takes(address);

    public async Task<Attempt> SendAsync(Subscription to, Notice notice, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, to.Address) { Content = JsonContent.Create(CardOf(notice)) };
        return await http.SendAsync(request, ct);
    }

    /// <summary>The message as Workflows takes it.</summary>
    public static object CardOf(Notice notice) => new
    {
        type = "message",
        attachments = new[]
        {
            new
            {
                contentType = "application/vnd.microsoft.card.adaptive",
                content = new Dictionary<string, object>
                {
                    ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                    ["type"] = "AdaptiveCard",
                    ["version"] = "1.4",
                    ["body"] = new object[]
                    {
                        new { type = "TextBlock", text = notice.Line, weight = "Bolder", wrap = true },
                        new { type = "TextBlock", text = notice.Items.Count == 0 ? "Nothing to do." : notice.Text.Replace("\n", "\n\n", StringComparison.Ordinal), wrap = true },
                    },
                    ["actions"] = new object[] { new { type = "Action.OpenUrl", title = "Open", url = notice.Link.ToString() } },
                },
            },
        },
    };
}
