using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace PracticeEvents.App.Web.Pages;

/// <summary>
/// What went wrong in words, with a reference that is also in the logs and traces. Never a stack trace, and never whether a child's
/// record exists: someone who may not see a record gets the same words whoever it is about.
/// </summary>
[AllowAnonymous, IgnoreAntiforgeryToken, ResponseCache(NoStore = true)]
internal sealed class ErrorModel : PageModel
{
    private static readonly Dictionary<int, Words> Known = new()
    {
        [400] = new("Your form could not be read", "It may have been open too long. Go back, reload the page and send it again."),
        [401] = new("You need to sign in", "You are not signed in, or your sign-in has ended."),
        [403] = new("You cannot see this", "Your role does not include it. If you need it for your work, ask your team manager."),
        [404] = new("Page not found", "If you typed the address, check it. If you followed a link, the record may have moved, or you may not have access to it."),
        [405] = new("That cannot be done here", "Go back and try again from the page's own buttons."),
        [409] = new("Someone recorded this first",
            "What you sent was not saved. Go back and reload the page to see what they recorded, then decide whether yours is still needed."),
        [413] = new("That file is too large", "Split it into smaller files and send them one after another."),
        [429] = new("Too many requests", "Wait a minute, then try again."),
        [500] = new("Sorry, something went wrong", "What you sent may not have been saved. Check before you send it again."),
        [503] = new("The service is not available", "Updates from the case system are kept and will be read when it is back. Try again in a few minutes."),
    };

    /// <summary>The title and the sentences under it.</summary>
    internal sealed record Words(string Title, params string[] Sentences);

    public Words Says { get; private set; } = Known[404];

    public string Reference { get; private set; } = "";

    public void OnGet(int code) => Answer(code);

    public void OnPost(int code) => Answer(code);

    private void Answer(int code)
    {
        var status = Known.ContainsKey(code) ? code : 404;
        Says = Known[status];
        Reference = Activity.Current?.TraceId.ToHexString() ?? HttpContext.TraceIdentifier;
        Response.StatusCode = status;
    }
}
