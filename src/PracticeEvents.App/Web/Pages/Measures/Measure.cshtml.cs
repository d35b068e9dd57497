using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Access;
using PracticeEvents.App.Api;
using PracticeEvents.App.Measuring;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Measures;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Web.Pages.MeasurePages;

/// <summary>One measure: its months, its teams where the reader sees several, and where the number comes from.</summary>
[Authorize]
internal sealed class MeasureModel(MeasureReader reader, RuleBook rules, Labels labels, ReadLog log, TimeProvider time) : PageModel
{
    public MeasureQuestion Question { get; private set; } = null!;

    public Definition About { get; private set; } = null!;

    public IReadOnlyList<Measured> Months { get; private set; } = [];

    public IReadOnlyList<Measured> Teams { get; private set; } = [];

    /// <summary>The children of a measure that is a list; empty for any other.</summary>
    public IReadOnlyList<MeasuredRow> Listed { get; private set; } = [];

    public Names Names { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; }

    /// <summary>True for a measure that is a list of children.</summary>
    public bool IsList => About is { Unit: MeasureUnit.Number, Counting: Counting.OnTheLastDay };

    /// <summary>The rules that it counts the duties of, those in use first told from those that are not.</summary>
    public IReadOnlyList<(string Id, Rule? Rule)> Rules => [.. About.Rules.Select(id => (id, rules.Find(id)))];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct)
    {
        if (MeasureCatalogue.Find(id) is not { } measure)
        {
            return NotFound();
        }

        (Now, About) = (time.GetUtcNow(), measure.About);
        Question = MeasureQuestion.From(Request.Query, ModelState, time, MeasuresApi.SeriesMonths);
        var asked = new Asked([measure], Question.Period.Months()) { Team = Question.Team, AsAt = Question.AsAt };
        Months = await reader.FiguresAsync(User, asked, ct);
        if (Answer.WantsCsv(Request))
        {
            return File(Answer.Csv([.. Months.SelectMany(FigureLine.Of)]), "text/csv; charset=utf-8", $"{id}.csv");
        }

        var whole = asked with { Periods = [Question.Period] };
        Teams = await reader.FiguresAsync(User, whole with { ByTeam = true }, ct);
        if (IsList && measure is IChildMeasure ofChildren)
        {
            Listed = [.. (await reader.CasesAsync(User, ofChildren, whole, ct)).Select(c => c.Row)];
            await log.NoteAllAsync(User.Identity?.Name ?? "", [.. Listed.Select(r => r.Child)], "measure list", Now, ct);
        }

        Names = await Names.ReadAsync(labels, [.. Listed.Select(r => r.Child)], ct);
        return Page();
    }
}
