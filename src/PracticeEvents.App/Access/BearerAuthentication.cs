using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Access;

/// <summary>Signs in programs by <c>Authorization: Bearer</c>, and turns a token into the cookie that people carry.</summary>
internal sealed class BearerAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, Tokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string Scheme_ = "bearer";

    // Which token it was, so that a sign-in ends with it.
    private const string Token = "practice/token";

    /// <summary>Who an identity is, as claims.</summary>
    public static ClaimsPrincipal Principal(Identity identity, string scheme) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, identity.Worker),
            .. identity.Token is { } token ? [new Claim(Token, token)] : Array.Empty<Claim>(),
            .. identity.Roles.Select(r => new Claim(ClaimTypes.Role, EventName.Word(r.ToString()))),
        ],
        scheme));

    /// <summary>True while the token that somebody signed in with is good.</summary>
    public static async Task<bool> StandsAsync(ClaimsPrincipal user, Tokens tokens, CancellationToken ct) =>
        user.FindFirstValue(Token) is { } token && await tokens.StandsAsync(token, ct);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Given() is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        return await tokens.FindAsync(token, Context.RequestAborted) is { } identity
            ? AuthenticateResult.Success(new AuthenticationTicket(Principal(identity, Scheme.Name), Scheme.Name))
            : AuthenticateResult.Fail("The token is not known.");
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        await Results.Problem(
            Given() is null ? "Sign in with a token: Authorization: Bearer …" : "This token is not known here, or was revoked.",
            statusCode: 401,
            title: "Not signed in").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Results.Problem("Your role does not let you see this.", statusCode: 403, title: "Not allowed").ExecuteAsync(Context);

    private string? Given() => Request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        ? header["Bearer ".Length..].Trim() : null;
}

/// <summary>Sign-in for people by cookie and for programs by token.</summary>
internal static class SignIn
{
    private static readonly PathString[] Programs = ["/api", "/rehearsal", "/health", "/feeds", "/openapi.json"];

    /// <summary>Registers both ways of signing in and the rule that everything wants it unless it says otherwise.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddAuthentication("practice")
            .AddPolicyScheme("practice", null, o => o.ForwardDefaultSelector = context =>
                context.Request.Headers.ContainsKey("Authorization") ? BearerAuthentication.Scheme_ : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.Scheme_, null)
            .AddCookie(o =>
            {
                o.Cookie.Name = "practice";
                o.Cookie.HttpOnly = true;
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.ExpireTimeSpan = TimeSpan.FromHours(20);
                o.SlidingExpiration = true;
                o.TimeProvider = TimeProvider.System; // twenty real hours: moving the clock of a rehearsal signs nobody out
                o.LoginPath = "/sign-in";
                o.AccessDeniedPath = "/error/403";
                o.ReturnUrlParameter = "next";
                o.Events.OnValidatePrincipal = async context =>
                {
                    // A cookie lives on as long as it is used; a token that was revoked must not live on in it.
                    if (!await BearerAuthentication.StandsAsync(
                        context.Principal!, context.HttpContext.RequestServices.GetRequiredService<Tokens>(), context.HttpContext.RequestAborted))
                    {
                        context.RejectPrincipal();
                        await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
                    }
                };
                o.Events.OnRedirectToLogin = context => IsForPrograms(context.Request)
                    ? context.HttpContext.ChallengeAsync(BearerAuthentication.Scheme_) : Redirect(context);
                o.Events.OnRedirectToAccessDenied = context => IsForPrograms(context.Request)
                    ? context.HttpContext.ForbidAsync(BearerAuthentication.Scheme_) : Deny(context);
            });
        services.AddAuthorization();
        services.AddSingleton<IAuthorizationHandler, HoldsRoleHandler>();
        return services;
    }

    private static bool IsForPrograms(HttpRequest request) => Programs.Any(p => request.Path.StartsWithSegments(p));

    private static Task Redirect(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    private static Task Deny(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
