using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PracticeEvents.App.Access;
using PracticeEvents.App.Hosting;

namespace PracticeEvents.App.Web.Pages.SignIn;

/// <summary>Sign-in by access token; in a demonstration, by choosing whom to be. The answer to a wrong token never says in what way it is wrong.</summary>
internal sealed class IndexModel(Tokens tokens, DemoList demo, SignInPace pace, ServeOptions options) : PageModel
{
    /// <summary>Where to go afterwards: an address of this service.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Next { get; set; }

    [BindProperty]
    public string? Token { get; set; }

    /// <summary>Whom a visitor can be; nobody outside a demonstration.</summary>
    public IReadOnlyList<DemoPerson> People => options.Demo ? demo.People : [];

    public IActionResult OnGet() => User.Identity is { IsAuthenticated: true } ? Onward() : Page();

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => SignInAsync(Token, ct);

    public Task<IActionResult> OnPostAsAsync(string? worker, CancellationToken ct) =>
        SignInAsync(People.FirstOrDefault(p => p.Worker == worker)?.Token, ct);

    private async Task<IActionResult> SignInAsync(string? token, CancellationToken ct)
    {
        var from = HttpContext.Connection.RemoteIpAddress;
        if (pace.MustWait(from))
        {
            return Refuse("Too many wrong tokens came from your address. Wait a minute, then try again", HttpStatusCode.TooManyRequests);
        }

        if (string.IsNullOrWhiteSpace(token))
        {
            return Refuse("Enter your access token", HttpStatusCode.BadRequest);
        }

        if (await tokens.FindAsync(token.Trim(), ct) is not { } identity)
        {
            pace.Wrong(from);
            return Refuse("This access token is not known. Check that you copied all of it, or ask for a new one", HttpStatusCode.BadRequest);
        }

        const string scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        await HttpContext.SignInAsync(scheme, BearerAuthentication.Principal(identity, scheme));
        return Onward();
    }

    private PageResult Refuse(string why, HttpStatusCode status)
    {
        ModelState.AddModelError(nameof(Token), why);
        Response.StatusCode = (int)status;
        return Page();
    }

    private RedirectResult Onward() => Redirect(Url.IsLocalUrl(Next) ? Next : "/alerts");
}
