using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Children;
using PracticeEvents.App.Inputs;
using PracticeEvents.Store;

namespace PracticeEvents.App.Web.Pages.InboxPages;

/// <summary>One delivery: what came, why it was not taken, and what a person can do about it. Every answer is shown in place.</summary>
[Authorize]
internal sealed class DeliveryModel(Inbox inbox, EventStore store, StructureReader structures, TimeProvider time) : PageModel
{
    /// <summary>The most of a payload that a page shows or lets a person repair, in characters.</summary>
    public const int MostShown = 30_000;

    private const int LongestReason = 500;

    private string worker = "";
    private byte[] body = [];

    public string? Refused { get; private set; }

    public InboxEntry Row { get; private set; } = null!;

    public string Payload { get; private set; } = "";

    public bool IsCut { get; private set; }

    /// <summary>What the repair box holds: what was typed, or the payload.</summary>
    public string Repair { get; private set; } = "";

    public string Reason { get; private set; } = "";

    /// <summary>True while the reader is asked whether to dismiss the row.</summary>
    public bool Asks { get; private set; }

    /// <summary>What was just done, in words.</summary>
    public string? Done { get; private set; }

    public bool IsWaiting => Row.Status is InboxStatus.Quarantined;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await FindAsync(id, ct) ?? Page();

    public async Task<IActionResult> OnPostReplayAsync(long id, CancellationToken ct) => await FindAsync(id, ct) ?? await ReplayAsync(body, "", ct);

    public async Task<IActionResult> OnPostRepairAsync(long id, string? repaired, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is { } refusal)
        {
            return refusal;
        }

        Repair = repaired ?? "";
        if (string.IsNullOrWhiteSpace(repaired))
        {
            ModelState.AddModelError("repaired", "Enter the repaired payload");
            return Page();
        }

        return await ReplayAsync(Encoding.UTF8.GetBytes(repaired), "repaired", ct);
    }

    public async Task<IActionResult> OnPostDismissAsync(long id, string? reason, string? confirmed, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is { } refusal)
        {
            return refusal;
        }

        Reason = reason?.Trim() ?? "";
        if (Reason.Length is 0 or > LongestReason)
        {
            ModelState.AddModelError("reason", Reason.Length == 0 ? "Enter why it will not be taken" : $"The reason must be {LongestReason} characters or fewer");
            return Page();
        }

        Asks = confirmed != "yes" && IsWaiting;
        if (Asks)
        {
            return Page();
        }

        if (!await inbox.DismissAsync(id, worker, Reason, time.GetUtcNow(), ct))
        {
            return await SettledAlreadyAsync(ct);
        }

        Done = "Dismissed. It stays here with your reason.";
        await ReadAsync(id, ct);
        return Page();
    }

    private async Task<IActionResult> ReplayAsync(byte[] bytes, string field, CancellationToken ct)
    {
        if (!IsWaiting)
        {
            return await SettledAlreadyAsync(ct);
        }

        try
        {
            var delivery = await Replay.ReadAsync(Row, bytes, store, time.GetUtcNow(), ct);
            var receipt = (await store.ReceiveAsync([delivery], ct))[0];
            await ReadAsync(Row.Id, ct);
            if (receipt.Fate is Fate.Quarantined or Fate.Conflict)
            {
                ModelState.AddModelError(field, $"It still cannot be taken: {receipt.Reason ?? "the child's record had moved on. Try again."}");
            }
            else
            {
                Done = receipt.Fate is Fate.Duplicate ? "All of it had been taken before. Nothing was added." : $"Taken. {Words.Counts.Of(receipt.Events.Count, "event")} stored.";
            }
        }
        catch (Exception e) when (e is StoreBusyException or StoreUnavailableException)
        {
            ModelState.AddModelError(field, "It could not be stored just now. Nothing was lost. Try again in a minute.");
        }

        return Page();
    }

    private async Task<IActionResult> SettledAlreadyAsync(CancellationToken ct)
    {
        await ReadAsync(Row.Id, ct);
        ModelState.AddModelError("", "Someone settled this first. Here is what they did.");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<IActionResult?> FindAsync(long id, CancellationToken ct)
    {
        if (await InboxAccess.WorkerAsync(User, structures, ct) is not { } reader)
        {
            Refused = InboxAccess.Refusal;
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return Page();
        }

        worker = reader;
        return await ReadAsync(id, ct) ? null : NotFound();
    }

    private async Task<bool> ReadAsync(long id, CancellationToken ct)
    {
        if (await inbox.FindAsync(id, ct) is not { } found)
        {
            return false;
        }

        (Row, body) = (found.Entry, found.Body);
        var text = Encoding.UTF8.GetString(body);
        IsCut = text.Length > MostShown;
        Payload = IsCut ? text[..MostShown] : text;
        Repair = Repair.Length == 0 ? Payload : Repair;
        return true;
    }
}
