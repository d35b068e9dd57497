using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Alerts.Sending;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Web.Pages.Subscriptions;

/// <summary>What reaches me, how, and when?</summary>
[Authorize]
internal sealed class IndexModel(SubscriptionDesk desk, Deliveries deliveries, AlertTable alerts, AlertLinks links, TimeProvider time) : PageModel
{
    /// <summary>A subscription with how it went lately.</summary>
    internal sealed record Line(Subscription Subscription, DeliveryRow? Last, int Failed);

    /// <summary>The choices of scope with their words.</summary>
    public static readonly IReadOnlyList<(string Key, string Words)> Scopes =
        [("me", "Alerts to me"), ("team", "Alerts of my team"), ("service", "Alerts of my service"), ("watching", "Children with me, told to others"), ("all", "Everything that I may see")];

    /// <summary>The choices of stages with their words; none chosen means all.</summary>
    public static readonly IReadOnlyList<(AlertStage Key, string Words)> Stages =
    [
        (AlertStage.DueSoon, "Due soon"), (AlertStage.Due, "Due"), (AlertStage.Overdue, "Overdue"), (AlertStage.Escalated, "Overdue for longer"), (AlertStage.MidPoint, "Half-way point"), (AlertStage.ToKnow, "To know"),
    ];

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public IEnumerable<IChannel> Channels => desk.On;

    /// <summary>What is shown once, after something was made.</summary>
    public IReadOnlyList<(string Name, string Value)> Once { get; private set; } = [];

    /// <summary>What became of an action, a sentence.</summary>
    public string? Said { get; private set; }

    /// <summary>How many alerts of the reader's own were raised or changed today.</summary>
    public int Today { get; private set; }

    public NewSubscription Asked { get; private set; } = new("feed", "me", [], null);

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public Task OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    public async Task<IActionResult> OnPostAddAsync(string channel, string scope, AlertStage[] stages, string? address, CancellationToken ct)
    {
        Asked = new NewSubscription(channel, scope, stages, string.IsNullOrWhiteSpace(address) ? null : address.Trim());
        var (made, wrong) = await desk.AddAsync(User, Asked, ct);
        if (made is null)
        {
            ModelState.AddModelError("address", Sentence(wrong!));
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        else
        {
            Asked = new("feed", "me", [], null);
            Said = "Saved.";
            Once = made.Token is { } token ? [.. links.Feeds(token).Select(feed => (feed.AbsolutePath.Split('.')[^1], feed.ToString()))]
                : made.Secret is { } secret ? [("Secret", secret)] : [];
        }

        await ShowAsync(ct);
        return Page();
    }

    public Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken ct) => DoAsync(id, async s =>
    {
        await desk.RevokeAsync(s, ct);
        return "Deleted. Nothing more is sent, and its address no longer answers.";
    }, ct);

    public Task<IActionResult> OnPostResumeAsync(Guid id, CancellationToken ct) => DoAsync(id, async s =>
    {
        await desk.ResumeAsync(s, ct);
        return "Turned on again. What waited is sent now.";
    }, ct);

    public Task<IActionResult> OnPostRotateAsync(Guid id, CancellationToken ct) => DoAsync(id, async s =>
    {
        Once = await desk.RotateAsync(s, ct) is { } secret ? [("Secret", secret)] : [];
        return "There is a new secret. The one before signs too for a day.";
    }, ct);

    public Task<IActionResult> OnPostTestAsync(Guid id, CancellationToken ct) => DoAsync(id, async s => await desk.TestAsync(s, ct) switch
    {
        { IsSent: true } => "The test message was taken.",
        { } failed => $"The test message was not taken: {failed.Code.Replace('_', ' ')}.",
        null => "A feed is fetched: there is nothing to send.",
    }, ct);

    private async Task<IActionResult> DoAsync(Guid id, Func<Subscription, Task<string>> what, CancellationToken ct)
    {
        if (await desk.FindAsync(User, id, ct) is not { } s)
        {
            return NotFound();
        }

        Said = await what(s);
        await ShowAsync(ct);
        return Page();
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        var lines = new List<Line>();
        foreach (var s in await desk.OwnAsync(User, ct))
        {
            var last = await deliveries.LastAsync(s.Id, 50, failedOnly: false, ct);
            lines.Add(new Line(s, last.Count > 0 ? last[0] : null, last.TakeWhile(d => !d.IsSent).Count()));
        }

        Lines = lines;
        Today = await alerts.ChangedSinceAsync(User.Identity!.Name!, Domain.London.StartOf(Domain.London.DateOf(Now)), ct);
    }

    // The same sentence as the API gives, with what the page calls it.
    private static string Sentence(string wrong) => wrong.StartsWith("address must be ", StringComparison.Ordinal) ? $"The address must be {wrong["address must be ".Length..]}" : wrong;
}
