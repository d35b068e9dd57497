using Microsoft.AspNetCore.Http.Extensions;

namespace PracticeEvents.App.Web;

/// <summary>Addresses made from the one being read: the address is the saved view, so everything else in it is kept.</summary>
internal static class Links
{
    /// <summary>This address with one query value set, or removed when null. Changing what is listed goes back to the first page.</summary>
    public static string With(HttpRequest request, string key, string? value) =>
        Address(request, kept => kept.Key != key, value is null ? null : new(key, value));

    /// <summary>This address without one of a key's values: the others stay.</summary>
    public static string Without(HttpRequest request, string key, string value) =>
        Address(request, kept => kept.Key != key || kept.Value != value, null);

    private static string Address(HttpRequest request, Func<KeyValuePair<string, string>, bool> keep, KeyValuePair<string, string>? added)
    {
        var kept = request.Query
            .SelectMany(query => query.Value, (query, value) => KeyValuePair.Create(query.Key, value ?? ""))
            .Where(query => query.Key != Paging.PageKey && keep(query));
        var all = added is { } one ? kept.Append(one) : kept;
        return request.PathBase + request.Path + new QueryBuilder(all).ToQueryString();
    }
}
