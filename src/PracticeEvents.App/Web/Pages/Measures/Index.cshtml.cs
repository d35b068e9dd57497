using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Access;
using PracticeEvents.App.Api;
using PracticeEvents.App.Measuring;
using PracticeEvents.Domain.Measures;

namespace PracticeEvents.App.Web.Pages.MeasurePages;

/// <summary>Every measure with its figure for a period: what is counted, of how many, how many wait, and what is aimed for. Never by worker.</summary>
[Authorize]
internal sealed class IndexModel(MeasureReader reader, Labels labels, TimeProvider time) : PageModel
{
    public MeasureQuestion Question { get; private set; } = null!;

    public IReadOnlyList<Measured> Figures { get; private set; } = [];

    public Names Names { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; }

    /// <summary>True when there is no case of any measure: nothing was recorded in the period, or the reader sees no child.</summary>
    public bool IsEmpty => Figures.All(f => f.AsKnownNow is { Denominator: 0, Waiting: 0, NotRecorded: 0 });

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Now = time.GetUtcNow();
        Question = MeasureQuestion.From(Request.Query, ModelState, time, MeasuresApi.ListMonths);
        Figures = await reader.FiguresAsync(User, new Asked(MeasureCatalogue.All, [Question.Period]) { Team = Question.Team, AsAt = Question.AsAt }, ct);
        if (Answer.WantsCsv(Request))
        {
            return File(Answer.Csv([.. Figures.SelectMany(FigureLine.Of)]), "text/csv; charset=utf-8", "measures.csv");
        }

        Names = await Names.ReadAsync(labels, [], ct);
        return Page();
    }
}
