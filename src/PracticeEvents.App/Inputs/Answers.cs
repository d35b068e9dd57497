using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using PracticeEvents.Store;

namespace PracticeEvents.App.Inputs;

/// <summary>The answers that all inbound addresses share. Every error is a problem document (RFC 9457) and holds nothing of the record.</summary>
internal static class Answers
{
    /// <summary>A problem document.</summary>
    public static ProblemHttpResult Problem(int status, string detail, params (string Name, object? Value)[] more) =>
        TypedResults.Problem(detail, statusCode: status, extensions: more.Select(m => KeyValuePair.Create(m.Name, m.Value)));

    /// <summary>401, with the challenge that RFC 9110 asks for.</summary>
    public static ProblemHttpResult NotBelieved(HttpContext http, string why)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem(StatusCodes.Status401Unauthorized, why);
    }

    /// <summary>An answer that asks the sender to come again later.</summary>
    public static ProblemHttpResult Later(HttpContext http, int status, TimeSpan after, string detail)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Problem(status, detail);
    }

    /// <summary>
    /// Turns a database that is away into 503 and a store that is full into 429, both with a time to come again. What was not answered for was
    /// perhaps stored all the same; sending it again is safe.
    /// </summary>
    public static async ValueTask<object?> WhenTheStoreIsAway(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (StoreBusyException busy)
        {
            return Later(http, StatusCodes.Status429TooManyRequests, busy.RetryAfter, "Too much is waiting to be stored. Send it again later.");
        }
        catch (StoreUnavailableException)
        {
            return Away(http);
        }
        catch (NpgsqlException e) when (e is not PostgresException || e.IsTransient)
        {
            return Away(http);
        }
        catch (TimeoutException)
        {
            return Away(http);
        }
        catch (BadHttpRequestException e)
        {
            return Problem(e.StatusCode, "The request could not be read.");
        }
    }

    private static ProblemHttpResult Away(HttpContext http) =>
        Later(http, StatusCodes.Status503ServiceUnavailable, TimeSpan.FromSeconds(10), "The database cannot be reached. Send it again later.");
}
