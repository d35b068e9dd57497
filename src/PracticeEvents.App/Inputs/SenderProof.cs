using System.Security.Cryptography;

namespace PracticeEvents.App.Inputs;

/// <summary>Who sent a request: the registered source that proved itself, or why none did.</summary>
/// <param name="Sender">The source's name.</param>
/// <param name="Why">Why the request is not believed.</param>
internal sealed record Proof(string? Sender, string? Why);

/// <summary>
/// Tells who sent a request, by bearer token or by Standard Webhooks signature. Signatures are timed on the machine's own clock even in a
/// rehearsal, because the sender's clock is real.
/// </summary>
internal sealed class SenderProof(Sources sources)
{
    private const string Bearer = "Bearer ";

    // Senders are few and change seldom; a proof that fails is tried again on fresh ones.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private (IReadOnlyList<Source> Sources, long At)? remembered;

    /// <summary>True when the request offers any proof at all; without one its body need not be read.</summary>
    public static bool IsOffered(HttpRequest request) =>
        request.Headers.ContainsKey("Authorization") || request.Headers.ContainsKey(StandardWebhooks.SignatureHeader);

    /// <summary>Tells who sent a request.</summary>
    public async Task<Proof> ProveAsync(HttpRequest request, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var proof = remembered is { } r && TimeProvider.System.GetElapsedTime(r.At) < Fresh ? Prove(request, body, r.Sources) : null;
        if (proof?.Sender is not null)
        {
            return proof;
        }

        var known = await sources.ListAsync(ct);
        remembered = (known, TimeProvider.System.GetTimestamp());
        return Prove(request, body, known);
    }

    /// <summary>The source with these credentials, or nothing.</summary>
    public async Task<Source?> ByCredentialsAsync(string name, string bearer, CancellationToken ct) =>
        (await sources.ListAsync(ct)).FirstOrDefault(s => s.Name == name) is { } source && Matches(source, bearer) ? source : null;

    private static Proof Prove(HttpRequest request, ReadOnlyMemory<byte> body, IReadOnlyList<Source> known)
    {
        var now = TimeProvider.System.GetUtcNow();
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return ByToken(known, authorization[Bearer.Length..].Trim(), now) is { } source ? new(source.Name, null) : new(null, "The bearer token is not known.");
        }

        var why = "Send a bearer token, or the headers webhook-id, webhook-timestamp and webhook-signature.";
        foreach (var source in known)
        {
            var fault = StandardWebhooks.Verify(name => request.Headers[name], body.Span, source.LiveSecrets(now), now);
            if (fault == SignatureFault.None)
            {
                return new(source.Name, null);
            }

            why = Words(fault);
        }

        return new(null, why);
    }

    private static Source? ByToken(IReadOnlyList<Source> known, string token, DateTimeOffset now)
    {
        Source? found = null;
        foreach (var source in known)
        {
            found = Matches(source, token) | AccessToken.IsFor(source, token, now) ? source : found;
        }

        return found;
    }

    private static bool Matches(Source source, string bearer) => CryptographicOperations.FixedTimeEquals(source.BearerHash, Sources.HashOf(bearer));

    private static string Words(SignatureFault fault) => fault switch
    {
        SignatureFault.MissingHeader => "Of webhook-id, webhook-timestamp and webhook-signature, one is missing.",
        SignatureFault.BadTimestamp => "webhook-timestamp is not a whole number of seconds.",
        SignatureFault.TooOld => "The request was signed more than 300 seconds ago.",
        SignatureFault.TooNew => "The request was signed more than 300 seconds in the future.",
        _ => "No signature matches.",
    };
}
