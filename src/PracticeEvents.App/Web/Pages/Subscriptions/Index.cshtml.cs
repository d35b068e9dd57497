using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Alerts.Sending;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Web.Pages.Subscriptions;

/// <summary>What reaches me, how, and when?</summary>
[Authorize]
internal sealed class IndexModel(SubscriptionDesk desk, Deliveries deliveries, AlertLinks links, TimeProvider time) : PageModel
{
    /// <summary>A subscription with how it went lately.</summary>
    internal sealed record Line(Subscription Subscription, DeliveryRow? Last, int Failed);

    /// <summary>The choices of scope with their words.</summary>
    public static readonly IReadOnlyList<(string Key, string Words)> Scopes =
    [
        ("me", "Alerts to me"), ("team", "Alerts of my team"), ("service", "Alerts of my service"),
        ("watching", "Children with me, told to others"), ("all", "Everything that I may see"),
    ];

    /// <summary>The choices of stages with their words; none chosen means all.</summary>
    public static readonly IReadOnlyList<(AlertStage Key, string Words)> Stages =
    [
        (AlertStage.DueSoon, "Due soon"), (AlertStage.Due, "Due"), (AlertStage.Overdue, "Overdue"),
        (AlertStage.Escalated, "Overdue for longer"), (AlertStage.MidPoint, "Half-way point"), (AlertStage.ToKnow, "To know"),
    ];

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public IEnumerable<IChannel> Channels => desk.On;

    /// <summary>What is shown once, after something was made.</summary>
    public IReadOnlyList<(string Name, string Value)> Once { get; private set; } = [];

    /// <summary>What became of an action, a sentence.</summary>
    public string? Said { get; private set; }

    /// <summary>What the reader would have been sent today; nothing while they have not asked.</summary>
    public Previewed? Would { get; private set; }

    /// <summary>The one whose times are being changed.</summary>
    public Subscription? Changed { get; private set; }

    public NewSubscription Asked { get; private set; } = new("feed", "me", [], null);

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(Guid? change, CancellationToken ct)
    {
        if (change is { } id && (Changed = await desk.FindAsync(User, id, ct)) is null)
        {
            return NotFound();
        }

        await ShowAsync(ct);
        return Page();
    }

    /// <summary>True for one that people read.</summary>
    public bool HasTimes(Subscription s) => desk.IsForPeople(s.Channel);

    /// <summary>When it is sent, in words.</summary>
    public string When(Subscription s)
    {
        if (!HasTimes(s))
        {
            return s.Address is null ? "When it is fetched" : "Straight away";
        }

        var times = TimesAsked.Of(s.Times);
        return (times.DailyAt is { } at ? $"Once a day at {at}" : "Straight away") + (times.QuietFrom is { } from ? $", quiet from {from} to {times.QuietTo}" : "");
    }

    public async Task<IActionResult> OnPostPreviewAsync([FromForm] Form form, CancellationToken ct)
    {
        Asked = form.Asked(desk.IsForPeople);
        (Would, var wrong) = await desk.PreviewAsync(User, Asked, ct);
        return await ShowAsync(wrong, "daily-at", ct);
    }

    public async Task<IActionResult> OnPostTimesAsync(Guid id, [FromForm] Form form, CancellationToken ct)
    {
        if (await desk.FindAsync(User, id, ct) is not { } s)
        {
            return NotFound();
        }

        var wrong = await desk.SetTimesAsync(s, form.Times, ct);
        Changed = wrong is null ? null : s;
        Said = wrong is null ? "Saved." : null;
        return await ShowAsync(wrong, "daily-at", ct);
    }

    public async Task<IActionResult> OnPostAddAsync([FromForm] Form form, CancellationToken ct)
    {
        Asked = form.Asked(desk.IsForPeople);
        var (made, wrong) = await desk.AddAsync(User, Asked, ct);
        if (made is not null)
        {
            Asked = new("feed", "me", [], null);
            Said = "Saved.";
            Once = made.Token is { } token ? [.. links.Feeds(token).Select(feed => (feed.AbsolutePath.Split('.')[^1], feed.ToString()))]
                : made.Secret is { } secret ? [("Secret", secret)] : [];
        }

        return await ShowAsync(wrong, wrong?.StartsWith("address", StringComparison.Ordinal) is false ? "daily-at" : "address", ct);
    }

    public Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken ct) => DoAsync(id, async s =>
    {
        await desk.RevokeAsync(s, ct);
        return "Deleted. Nothing more is sent, and its address no longer answers.";
    }, ct);

    public Task<IActionResult> OnPostResumeAsync(Guid id, CancellationToken ct) => DoAsync(id, async s =>
    {
        return await desk.ResumeAsync(s, ct) ?? "Turned on again. What could not be sent is tried now.";
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
    }

    private async Task<IActionResult> ShowAsync(string? wrong, string field, CancellationToken ct)
    {
        if (wrong is not null)
        {
            ModelState.AddModelError(field, Sentence(wrong));
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        await ShowAsync(ct);
        return Page();
    }

    // The same sentence as the API gives, with what the page calls it.
    private static string Sentence(string wrong) => wrong.StartsWith("address must be ", StringComparison.Ordinal) ? $"The address must be {wrong["address must be ".Length..]}"
        : wrong.Replace("dailyAt, quietFrom and quietTo", "Times", StringComparison.Ordinal)
            .Replace("quietFrom and quietTo belong", "From and to of quiet hours belong", StringComparison.Ordinal)
            .Replace("leave quietFrom, quietTo and evenInQuiet empty", "leave from, to and the stages of quiet hours empty", StringComparison.Ordinal);

    /// <summary>What the forms of the page send.</summary>
    internal sealed record Form(string? Channel, string? Scope, AlertStage[]? Stages, string? Address, string? DailyAt, string? QuietFrom, string? QuietTo, AlertStage[]? Even)
    {
        public TimesAsked Times => new(DailyAt, QuietFrom, QuietTo, Even);

        /// <summary>The times of a channel that has none are left out where they are empty, as they stand on the form for every channel.</summary>
        public NewSubscription Asked(Func<string, bool> hasTimes) => new(
            Channel ?? "feed", Scope, Stages, string.IsNullOrWhiteSpace(Address) ? null : Address.Trim(),
            hasTimes(Channel ?? "") || !string.IsNullOrWhiteSpace($"{DailyAt}{QuietFrom}{QuietTo}") ? Times : null);
    }
}
