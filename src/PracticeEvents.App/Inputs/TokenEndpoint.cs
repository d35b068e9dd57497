using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace PracticeEvents.App.Inputs;

/// <summary><c>/oauth2/token</c>: a sender changes its name and bearer token for a token of an hour (OAuth 2 client credentials, RFC 6749 4.4).</summary>
internal static class TokenEndpoint
{
    /// <summary>Maps the address.</summary>
    public static void MapSenderTokens(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/oauth2/token", PostAsync).AddEndpointFilter(Answers.WhenTheStoreIsAway).DisableAntiforgery()
            .WithTags("Inbound").WithName("IssueSenderToken").WithSummary("Get an access token for a sender's credentials")
            .Produces<Token>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized);

    private static async Task<IResult> PostAsync(HttpContext http, SenderProof proof)
    {
        if (!http.Request.HasFormContentType)
        {
            return Wrong(http, StatusCodes.Status400BadRequest, "invalid_request", "Send a form with grant_type, client_id and client_secret.");
        }

        IFormCollection form;
        try
        {
            form = await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return Wrong(http, StatusCodes.Status400BadRequest, "invalid_request", "The form could not be read.");
        }

        if (form["grant_type"] != "client_credentials")
        {
            return Wrong(http, StatusCodes.Status400BadRequest, "unsupported_grant_type", "Only client_credentials is granted.");
        }

        var (name, secret) = Basic(http.Request.Headers.Authorization.ToString()) ?? (form["client_id"].ToString(), form["client_secret"].ToString());
        if (await proof.ByCredentialsAsync(name, secret, http.RequestAborted) is not { } source)
        {
            http.Response.Headers.WWWAuthenticate = "Basic";
            return Wrong(http, StatusCodes.Status401Unauthorized, "invalid_client", "The credentials are not known.");
        }

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new Token(AccessToken.Issue(source, TimeProvider.System.GetUtcNow()), "Bearer", (int)AccessToken.Lifetime.TotalSeconds));
    }

    private static ProblemHttpResult Wrong(HttpContext http, int status, string error, string detail)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Answers.Problem(status, detail, ("error", error));
    }

    private static (string Name, string Secret)? Basic(string authorization)
    {
        const string Scheme = "Basic ";
        var bytes = new byte[authorization.Length];
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64String(authorization[Scheme.Length..].Trim(), bytes, out var written))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, written).Split(':', 2);
        return pair.Length == 2 ? (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1])) : null;
    }

    /// <summary>The answer, in the names of RFC 6749 5.1.</summary>
    private sealed record Token(
        [property: System.Text.Json.Serialization.JsonPropertyName("access_token")] string AccessToken,
        [property: System.Text.Json.Serialization.JsonPropertyName("token_type")] string TokenType,
        [property: System.Text.Json.Serialization.JsonPropertyName("expires_in")] int ExpiresIn);
}
