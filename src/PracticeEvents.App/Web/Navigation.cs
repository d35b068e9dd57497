using System.Security.Claims;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace PracticeEvents.App.Web;

/// <summary>One entry of the main navigation. With no roles it is for everyone; with some, for a reader who has any of them.</summary>
internal sealed record NavigationItem(string Text, string Href, params string[] Roles)
{
    public bool IsFor(ClaimsPrincipal reader) => Roles.Length == 0 || Roles.Any(reader.IsInRole);

    /// <summary>"page" on the page itself, "true" anywhere below it, null elsewhere: the value of <c>aria-current</c>.</summary>
    public string? CurrentAt(PathString path) =>
        path.Equals(Href, StringComparison.OrdinalIgnoreCase) ? "page"
        : path.StartsWithSegments(Href) ? "true"
        : null;
}

/// <summary>The navigation a reader sees: only pages that exist here and that they may open, so no link leads nowhere.</summary>
internal sealed class Navigation(PageFrame frame, EndpointDataSource endpoints)
{
    // What exists is known once the first page is asked for, and looking through all routes took a ninth of a page's time.
    private readonly Lazy<IReadOnlyList<NavigationItem>> existing = new(() => [.. frame.Navigation.Where(item => Exists(item.Href, endpoints))]);

    public IEnumerable<NavigationItem> For(ClaimsPrincipal reader) => existing.Value.Where(item => item.IsFor(reader));

    // "/teams" is also served by a route such as "teams/{id?}"; a route that begins with a parameter would match anything.
    private static bool Exists(string href, EndpointDataSource endpoints) => endpoints.Endpoints
        .OfType<RouteEndpoint>()
        .Select(endpoint => endpoint.RoutePattern)
        .Where(route => route.PathSegments is [{ Parts: [RoutePatternLiteralPart] }, ..])
        .Any(route => new TemplateMatcher(new RouteTemplate(route), []).TryMatch(href, []));
}
