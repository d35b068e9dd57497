using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Api;
using PracticeEvents.App.Web.TagHelpers;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Web.Pages.RulePages;

/// <summary>The catalogue of duties: what each says, where it comes from, and how many clocks of it run for children whom the reader may see.</summary>
[Authorize]
internal sealed class IndexModel(RuleBook rules, Pictures pictures, TimeProvider time) : PageModel
{
    /// <summary>A rule's line, with its running clocks by status, the most urgent first.</summary>
    internal sealed record Line(Rule Rule, int Running, IReadOnlyList<(string Code, int Count)> Split);

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public RuleKind? Kind { get; private set; }

    public string? Area { get; private set; }

    /// <summary>The lines of the page that is shown.</summary>
    public IEnumerable<Line> Shown => Paging.Size is { } size ? Lines.Skip(Paging.Skip).Take(size) : Lines;

    public Paging Paging { get; private set; }

    public DateTimeOffset Now { get; private set; }

    public IEnumerable<string> Areas => rules.All.Select(r => r.Area).Distinct().Order(StringComparer.Ordinal);

    public IReadOnlyList<AppliedFilter> Applied =>
    [
        .. Kind is { } kind ? [new AppliedFilter("kind", Key(kind), $"Kind: {RuleWords.Kind(kind)}")] : Array.Empty<AppliedFilter>(),
        .. Area is { } area ? [new AppliedFilter("area", area, $"Stage: {RuleWords.Area(area)}")] : Array.Empty<AppliedFilter>(),
    ];

    /// <summary>A kind's place in an address.</summary>
    public static string Key(RuleKind kind) => EventName.Word(kind.ToString());

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Now = time.GetUtcNow();
        Paging = Paging.From(Request.Query);
        Kind = Enum.GetValues<RuleKind>().Where(k => Key(k) == Request.Query["kind"]).Select(k => (RuleKind?)k).FirstOrDefault();
        Area = Areas.FirstOrDefault(a => a == Request.Query["area"]);
        var wanted = rules.All.Where(r => (Kind is null || r.Kind == Kind) && (Area is null || r.Area == Area))
            .OrderBy(r => r.Area, StringComparer.Ordinal).ThenBy(r => r.Title, StringComparer.Ordinal).ToList();
        if (Answer.WantsCsv(Request))
        {
            return File(Answer.Csv(wanted.ConvertAll(RuleJson.Of)), "text/csv; charset=utf-8", "rules.csv");
        }

        var picture = await pictures.TakeAsync(User, null, null, null, ct);
        var running = picture.Duties.Where(d => d.Outcome is Outcome.Open)
            .ToLookup(d => d.Rule, d => EventName.Word((picture.Unmonitored.Contains(d.Child) ? Status.CannotTell : d.StatusAt(Now)).ToString()));
        Lines = wanted.ConvertAll(rule => new Line(
            rule, running[rule.Id].Count(),
            [.. StatusWord.All.Select(s => (s.Code, running[rule.Id].Count(c => c == s.Code))).Where(s => s.Item2 > 0)]));
        return Page();
    }

    /// <summary>True when the rule's own check is overdue.</summary>
    public bool IsCheckOverdue(Rule rule) => rule.ReviewBy < London.DateOf(Now);
}
