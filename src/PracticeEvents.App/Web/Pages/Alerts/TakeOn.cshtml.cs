using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Access;
using PracticeEvents.App.Alerts;
using PracticeEvents.Domain.Alerts;

namespace PracticeEvents.App.Web.Pages.Alerts;

/// <summary>"I'm dealing with these": many at once, after being asked whether one is sure, and with a reason.</summary>
internal sealed class TakeOnModel(AlertDesk desk, AlertLines lines, ChildAccess access, Labels labels) : PageModel
{
    /// <summary>The most that are taken on at once.</summary>
    public const int Most = 100;

    /// <summary>Why many are taken on together: a code that is kept, and its words.</summary>
    public static readonly IReadOnlyList<(string Code, string Words)> Reasons =
    [
        ("supervision", "Gone through in supervision"), ("planned", "The work is planned"),
        ("catching_up", "Catching up after absence"), ("record_follows", "Done, the record follows"),
    ];

    /// <summary>What can be taken on; once some are chosen, those.</summary>
    public IReadOnlyList<AlertLine> Lines { get; private set; } = [];

    public IReadOnlySet<string> Chosen { get; private set; } = new HashSet<string>();

    public string? Reason { get; private set; }

    /// <summary>True when the reader is asked whether they are sure.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>What was done: how many were taken on, and which were not, with why.</summary>
    public (int Taken, IReadOnlyList<(string Line, string Why)> Refused)? Done { get; private set; }

    public Names Names { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await ReadAsync([], ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string[] ids, string? reason, CancellationToken ct)
    {
        Reason = Reasons.Any(r => r.Code == reason) ? reason : null;
        await ReadAsync(ids, ct);
        var field = Chosen.Count is 0 or > Most ? "ids" : "reason";
        if (Chosen.Count is 0 or > Most || Reason is null)
        {
            ModelState.AddModelError(field, field == "reason" ? "Choose a reason" : Chosen.Count == 0 ? "Choose at least one alert" : $"Choose at most {Most} alerts");
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        (IsAsked, Lines) = (true, [.. Lines.Where(l => Chosen.Contains(l.Alert.Id))]);
        return Page();
    }

    public async Task<IActionResult> OnPostConfirmAsync(string[] ids, string? reason, CancellationToken ct)
    {
        if (ids.Length is 0 or > Most || !Reasons.Any(r => r.Code == reason))
        {
            return BadRequest();
        }

        await ReadAsync([], ct);
        var (taken, refused) = (0, new List<(string, string)>());
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            var (_, refusal) = await desk.AcknowledgeAsync(User, id, reason, ct);
            taken += refusal is null ? 1 : 0;
            if (refusal is ProblemHttpResult { ProblemDetails.Detail: var why })
            {
                refused.Add((
                    Lines.FirstOrDefault(l => l.Alert.Id == id) is { } line ? $"{Names.Child(line.Alert.Child)}, {line.Alert.Title}" : "One of them",
                    why ?? "It cannot be done."));
            }
        }

        Done = (taken, refused);
        return Page();
    }

    private async Task ReadAsync(string[] ids, CancellationToken ct)
    {
        var open = (await lines.AlertsAsync(await access.ViewerAsync(User, ct), "mine", ct)).Where(a => a.Status is AlertStatus.Open).ToList();
        Lines = [.. (await lines.OfAsync(User.Identity!.Name!, open, ct)).Where(l => !l.IsNotice)];
        Chosen = Lines.Select(l => l.Alert.Id).Intersect(ids, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        Names = await Names.ReadAsync(labels, [.. Lines.Select(l => l.Alert.Child).Distinct()], ct);
    }
}
