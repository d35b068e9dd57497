using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Access;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Api;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Web.Pages.Alerts;

/// <summary>What do people say is not right, and what became of it? For data staff.</summary>
internal sealed class NotRightModel(AlertDesk desk, Labels labels, ReadLog log, TimeProvider time) : PageModel
{
    /// <summary>The alerts; nothing for a reader who may not see them.</summary>
    public IReadOnlyList<AlertJson>? Questions { get; private set; }

    /// <summary>What became of an answer, a sentence.</summary>
    public string? Said { get; private set; }

    public Names Names { get; private set; } = null!;

    public Paging Paging => Paging.From(Request.Query);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await ReadAsync(ct);
        if (Questions is not { } questions || !Answer.WantsCsv(Request))
        {
            return Page();
        }

        // The export leaves the service, so it is a look at each child in it.
        foreach (var child in questions.Select(q => q.Child).Distinct(StringComparer.Ordinal))
        {
            await log.NoteAsync(User.Identity!.Name!, child, "alerts export", time.GetUtcNow(), ct);
        }

        return File(Answer.Csv(questions), "text/csv; charset=utf-8", "alerts-not-right.csv");
    }

    public async Task<IActionResult> OnPostAsync(string id, AlertAnswer? answer, CancellationToken ct)
    {
        if (answer is not { } given || !Enum.IsDefined(given))
        {
            await ReadAsync(ct);
            ModelState.AddModelError($"answer-{id}", "Choose what became of it");
            Response.StatusCode = Questions is null ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest;
            return Page();
        }

        var (_, refusal) = await desk.AnswerAsync(User, id, given, ct);
        Said = refusal is ProblemHttpResult problem ? problem.ProblemDetails.Detail : "Kept. Whoever asked sees it in the alert’s own story.";
        await ReadAsync(ct);
        Response.StatusCode = refusal is ProblemHttpResult { StatusCode: var code } ? code : Response.StatusCode;
        return Page();
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        Questions = await desk.QuestionedAsync(User, ct);
        Names = await Names.ReadAsync(labels, [], ct);
        Response.StatusCode = Questions is null ? StatusCodes.Status403Forbidden : Response.StatusCode;
    }
}
