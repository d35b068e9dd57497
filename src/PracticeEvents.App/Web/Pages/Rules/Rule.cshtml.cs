using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Web.Pages.RulePages;

/// <summary>What does the rule say, from where, since when?</summary>
[Authorize]
internal sealed class RuleModel(RuleBook rules, TimeProvider time) : PageModel
{
    /// <summary>A worked example with the duties that the service itself works out of it.</summary>
    /// <param name="Example">The example.</param>
    /// <param name="Duties">The duties.</param>
    /// <param name="ShowsCount">True when the page says how each was counted: for the first ones, which are enough to see how it is done.</param>
    internal sealed record Worked(Example Example, IReadOnlyList<Obligation> Duties, bool ShowsCount);

    private const int Counted = 8;

    public Rule Rule { get; private set; } = null!;

    public RuleBook Book => rules;

    public DateOnly Today { get; private set; }

    /// <summary>The edition in force; the newest when none is.</summary>
    public Edition Edition { get; private set; } = null!;

    public IReadOnlyList<Worked> Examples { get; private set; } = [];

    public bool IsCheckOverdue => Rule.ReviewBy < Today;

    public IActionResult OnGet(string id)
    {
        if (rules.Find(id) is not { } rule)
        {
            return NotFound();
        }

        (Rule, Today) = (rule, London.DateOf(time.GetUtcNow()));
        Edition = rule.On(Today) ?? rule.Editions[^1];
        Examples = [.. rule.Examples.Select((e, n) => new Worked(e, [.. Obligations.For(History.Of(e.Facts), rules.Whole).Where(d => d.Rule.Id == rule.Id)], n < Counted))];
        return Page();
    }

    /// <summary>Where an edition stands today: in force, retired or not yet in force.</summary>
    public string Standing(Edition edition) => edition.From > Today ? "Not yet in force" : edition.To < Today ? "Retired" : "In force";

    /// <summary>The contract's code of a status.</summary>
    public static string Code(Status status) => EventName.Word(status.ToString());
}
