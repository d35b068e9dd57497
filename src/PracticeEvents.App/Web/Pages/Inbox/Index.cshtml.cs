using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Children;
using PracticeEvents.App.Web.TagHelpers;
using PracticeEvents.Store;

namespace PracticeEvents.App.Web.Pages.InboxPages;

/// <summary>What came in and what became of it, newest first; what needs a person unless another status is asked for.</summary>
[Authorize]
internal sealed class IndexModel(Inbox inbox, StructureReader structures, TimeProvider time) : PageModel
{
    /// <summary>Rows on a page.</summary>
    public const int Size = 25;

    /// <summary>Stands for rows of every status.</summary>
    public const string Every = "all";

    public string? Refused { get; private set; }

    public IReadOnlyDictionary<InboxStatus, long> Totals { get; private set; } = new Dictionary<InboxStatus, long>();

    public InboxStatus? Status { get; private set; }

    public string? Sender { get; private set; }

    public IReadOnlyList<InboxEntry> Rows { get; private set; } = [];

    /// <summary>Cursor of the next, older page; nothing on the last.</summary>
    public string? Older { get; private set; }

    public bool IsFirstPage { get; private set; }

    public DateTimeOffset Now { get; private set; }

    public IReadOnlyList<AppliedFilter> Applied =>
    [
        new("status", Request.Query["status"].ToString() is { Length: > 0 } given ? given : "", $"Status: {(Status is { } status ? InboxWords.Of(status) : "All")}"),
        .. Sender is null ? Array.Empty<AppliedFilter>() : [new("sender", Sender, $"Sender: {Sender}")],
    ];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await InboxAccess.WorkerAsync(User, structures, ct) is null)
        {
            Refused = InboxAccess.Refusal;
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return Page();
        }

        Now = time.GetUtcNow();
        var asked = Request.Query["status"].ToString();
        Status = asked == Every ? null : InboxWords.Order.FirstOrDefault(s => InboxWords.Key(s) == asked, InboxStatus.Quarantined);
        Sender = Request.Query["sender"].ToString() is { Length: > 0 } sender ? sender : null;
        var before = long.TryParse(Request.Query["before"], CultureInfo.InvariantCulture, out var cursor) ? cursor : (long?)null;
        IsFirstPage = before is null;
        Totals = await inbox.CountAsync(ct);
        var rows = await inbox.ListAsync(Status, Sender, before, Size + 1, ct);
        Rows = [.. rows.Take(Size)];
        Older = rows.Count > Size ? Rows[^1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return Page();
    }
}
