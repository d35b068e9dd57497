using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Access;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Api;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Web.Pages.Alerts;

/// <summary>One alert: what happened, what now, who knows? What a person says to it is taken here too, for the list as well.</summary>
internal sealed class AlertModel(
    AlertDesk desk, AlertLines lines, ViewReader reader, EventStore store, RuleBook rules, Labels labels, ReadLog log, TimeProvider time) : PageModel
{
    private AlertState? alert;

    /// <summary>The address to go back to after a button of a list: an address of this service.</summary>
    [BindProperty]
    public string? Back { get; set; }

    public AlertLine Line { get; private set; } = null!;

    public WhyAlertJson? Why { get; private set; }

    public Rule? Rule { get; private set; }

    public IReadOnlyList<AlertMoment> Story { get; private set; } = [];

    public Names Names { get; private set; } = null!;

    /// <summary>Why the reader may not see it, in words; nothing when they may.</summary>
    public string? Refused { get; private set; }

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        var (alert, refusal) = await desk.FindAsync(User, id, ct);
        return refusal is not null ? Refuse(refusal) : await ShowAsync(alert!, ct);
    }

    public Task<IActionResult> OnPostAcknowledgeAsync(string id, CancellationToken ct) => SayAsync(id, desk.AcknowledgeAsync(User, id, note: null, ct), ct);

    /// <summary>True where the reader can ask to be reminded: it is theirs, and there is a day left between today and the due date.</summary>
    public bool CanBeReminded =>
        Line is { IsLive: true, IsNotice: false, IsUncovered: false }
        && alert is { } its && its.To == User.Identity!.Name && its.Due.Date > London.DateOf(Now);

    public Task<IActionResult> OnPostRemindAsync(string id, DateOnly on, CancellationToken ct) => SayAsync(id, desk.RemindAsync(User, id, on, ct), ct);

    public Task<IActionResult> OnPostReassignAsync(string id, string? worker, CancellationToken ct) => SayAsync(id, desk.ReassignAsync(User, id, worker?.Trim() ?? "", ct), ct);

    public Task<IActionResult> OnPostNotRightAsync(string id, AlertFault fault, CancellationToken ct) => SayAsync(id, desk.QuestionAsync(User, id, fault, ct), ct);

    public Task<IActionResult> OnPostReadAsync(string id, CancellationToken ct) => SayAsync(id, desk.ReadAsync(User, id, ct), ct);

    private async Task<IActionResult> SayAsync(string id, Task<(AlertJson? Alert, IResult? Refusal)> saying, CancellationToken ct)
    {
        var (_, refusal) = await saying;
        if (refusal is null)
        {
            return Redirect(Url.IsLocalUrl(Back) ? Back : $"/alerts/{Uri.EscapeDataString(id)}");
        }

        var (alert, unseen) = await desk.FindAsync(User, id, ct);
        if (unseen is not null)
        {
            return Refuse(unseen);
        }

        // Someone or something was first: here is what they recorded, with why nothing more was.
        ModelState.AddModelError("", Words(refusal));
        Response.StatusCode = StatusOf(refusal);
        return await ShowAsync(alert!, ct);
    }

    private async Task<IActionResult> ShowAsync(AlertState shown, CancellationToken ct)
    {
        alert = shown;
        if (alert.To == User.Identity!.Name)
        {
            // The desk notes every other look by itself.
            await log.NoteAsync(alert.To, alert.Child, "alert", Now, ct);
            await desk.SeenAsync(User, alert, ct);
        }

        Names = await Names.ReadAsync(labels, [alert.Child], ct);
        Line = (await lines.OfAsync(User.Identity.Name!, [desk.Json(alert)], ct))[0];
        Rule = rules.Find(alert.Rule);
        try
        {
            Why = WhyAlertJson.Of(Line.Alert, await reader.PictureAsync(alert.Child, null, ct), alert, Now);
        }
        catch (UnreadableEventException)
        {
            // The child is unmonitored: the page says so where the explanation would be.
            Why = null;
        }

        Story = AlertStory.Of(await store.ReadStreamAsync($"alert-{alert.Id}", ct: ct), Names);
        return Page();
    }

    private IActionResult Refuse(IResult refusal)
    {
        if (StatusOf(refusal) != StatusCodes.Status403Forbidden)
        {
            return StatusCode(StatusOf(refusal));
        }

        Refused = Words(refusal);
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Page();
    }

    private static int StatusOf(IResult refusal) => ((ProblemHttpResult)refusal).StatusCode;

    private static string Words(IResult refusal) => ((ProblemHttpResult)refusal).ProblemDetails.Detail ?? "That cannot be done.";
}
