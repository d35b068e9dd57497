using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace PracticeEvents.App.Web.Pages;

/// <summary>The front door: alerts are everyone's first question of the day.</summary>
internal sealed class IndexModel : PageModel
{
    public IActionResult OnGet() => Redirect("/alerts");
}
