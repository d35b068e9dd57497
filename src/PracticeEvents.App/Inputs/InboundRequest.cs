using Microsoft.AspNetCore.Http.HttpResults;

namespace PracticeEvents.App.Inputs;

/// <summary>An inbound request whose sender proved itself.</summary>
/// <param name="Sender">The registered source.</param>
/// <param name="Body">The bytes as they came.</param>
/// <param name="ReceivedAt">When it came (UTC).</param>
internal sealed record InboundRequest(string Sender, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt);

/// <summary>Lets inbound requests in: proof of the sender, the sender's share, the size of the body.</summary>
internal sealed class InboundGate(SenderProof proof, SenderLimits limits, TimeProvider clock)
{
    /// <summary>Lets a request in, or gives the answer that turns it away.</summary>
    public async Task<(InboundRequest? Request, ProblemHttpResult? Refusal)> EnterAsync(HttpContext http)
    {
        if (!SenderProof.IsOffered(http.Request))
        {
            return (null, Answers.NotBelieved(http, "Send a bearer token, or the headers webhook-id, webhook-timestamp and webhook-signature."));
        }

        if (await ReadAsync(http.Request, http.RequestAborted) is not { } body)
        {
            return (null, Answers.Problem(StatusCodes.Status413PayloadTooLarge, $"The body is too large. {CloudEvents.Limits}"));
        }

        var proven = await proof.ProveAsync(http.Request, body, http.RequestAborted);
        if (proven.Sender is not { } sender)
        {
            return (null, Answers.NotBelieved(http, proven.Why!));
        }

        return limits.Take(sender) is { } wait
            ? (null, Answers.Later(http, StatusCodes.Status429TooManyRequests, wait, $"A source may send {limits.RequestsPerMinute} requests in a minute."))
            : (new InboundRequest(sender, body, clock.GetUtcNow()), null);
    }

    /// <summary>The body, or nothing when it is larger than any request may be.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > CloudEvents.MostBytes)
        {
            return null;
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, ct)) > 0;)
        {
            if (body.Length + read > CloudEvents.MostBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
