using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Api;
using PracticeEvents.App.Web.TagHelpers;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using Period = PracticeEvents.App.Measuring.Period;

namespace PracticeEvents.App.Web.Pages.RulePages;

/// <summary>Which alerts do people act on, and which teach them to look away?</summary>
[Authorize]
internal sealed class UsefulnessModel(Usefulness usefulness, RuleBook rules, TimeProvider time) : PageModel
{
    public IReadOnlyList<RuleUse> Uses { get; private set; } = [];

    public Role? Owner { get; private set; }

    public Period Period { get; private set; }

    public IEnumerable<Role> Owners => rules.All.Select(r => r.Owner).Distinct().OrderBy(RuleWords.Role, StringComparer.Ordinal);

    public IReadOnlyList<AppliedFilter> Applied => Owner is { } owner ? [new AppliedFilter("owner", EventName.Word(owner), $"Looked after by: {RuleWords.Role(owner)}")] : [];

    public async Task<IActionResult> OnGetAsync(string? from, string? to, string? owner, CancellationToken ct)
    {
        var today = London.DateOf(time.GetUtcNow());
        if (PeriodAsked.TryParse(from, to, out var asked) is { } wrong)
        {
            ModelState.AddModelError("from", wrong);
            (Response.StatusCode, asked) = (StatusCodes.Status400BadRequest, default);
        }

        Period = asked.Or(today, RulesApi.UsefulnessMonths);
        Owner = Owners.Where(o => EventName.Word(o) == owner).Select(o => (Role?)o).FirstOrDefault();
        Uses = [.. (await usefulness.OfAsync(Period, ct)).Where(u => Owner is null || u.Owner == Owner)];
        return Answer.WantsCsv(Request) ? File(Answer.Csv(Uses), "text/csv; charset=utf-8", "usefulness.csv") : Page();
    }

    /// <summary>A count with its share, where that means something.</summary>
    public static string Share(int count, double? share) => share is { } of
        ? string.Create(CultureInfo.InvariantCulture, $"{count} ({of * 100:0} %)")
        : count.ToString(CultureInfo.InvariantCulture);
}
