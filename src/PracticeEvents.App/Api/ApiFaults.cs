using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;
using PracticeEvents.App.Process;
using PracticeEvents.Store;

namespace PracticeEvents.App.Api;

/// <summary>Turns what went wrong into problem details (RFC 9457). A passing fault says when to come again; anything else gives a reference to quote and nothing more.</summary>
internal sealed class ApiFaults(ILogger<ApiFaults> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (status, title, detail) = exception switch
        {
            BadHttpRequestException { InnerException: JsonException { Path: { } path } } bad => (
                bad.StatusCode, "The request cannot be read",
                $"The body is not as it should be at {path}: a member that is not known, or a value of another kind."),
            BadHttpRequestException { InnerException: JsonException } bad => (bad.StatusCode, "The request cannot be read", "The body is not JSON."),
            BadHttpRequestException bad => (bad.StatusCode, "The request cannot be read", bad.Message),
            UnreadableEventException => (409, "Cannot tell", $"{exception.Message} Nobody is watching this child until it is put right: see the status page."),
            StoreBusyException => (503, "Busy", "Too much is waiting. Send it again later; nothing of it was taken."),
            StoreUnavailableException => (503, "The database is away", "Send it again later; nothing of it was acknowledged."),
            NpgsqlException when Transient.Is(exception) => (503, "The database is away", "Try again in a moment."),
            OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested => (499, "Given up", "The caller went away."),
            _ => (500, "Something went wrong", $"Quote this reference: {httpContext.TraceIdentifier}."),
        };
        if (status == 500)
        {
            log.RequestFailed(exception, httpContext.TraceIdentifier);
        }

        if (status == 503)
        {
            httpContext.Response.Headers.RetryAfter = "2";
        }

        await Results.Problem(detail, statusCode: status, title: title).ExecuteAsync(httpContext);
        return true;
    }
}
