using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PracticeEvents.App.Inputs;

/// <summary>Why a signed request is not believed.</summary>
internal enum SignatureFault
{
    /// <summary>It is believed.</summary>
    None,

    /// <summary>One of the three headers is missing or empty.</summary>
    MissingHeader,

    /// <summary>The timestamp is not a whole number of seconds.</summary>
    BadTimestamp,

    /// <summary>Signed more than 300 seconds ago: it may be a recording.</summary>
    TooOld,

    /// <summary>Signed more than 300 seconds in the future.</summary>
    TooNew,

    /// <summary>No signature of a known version matches a live secret.</summary>
    NoMatch,
}

/// <summary>Signs and verifies web requests as Standard Webhooks 1.0.0 lays down (symmetric version, <c>v1</c>, HMAC-SHA256).</summary>
internal static class StandardWebhooks
{
    /// <summary>Header with the message's id, the same on every retry.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>Header with the Unix seconds of this attempt.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>Header with the signatures, parted by spaces, one for each live secret.</summary>
    public const string SignatureHeader = "webhook-signature";

    /// <summary>How far the sender's clock may be from ours, either way.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    private const string SecretPrefix = "whsec_";
    private const string VersionPrefix = "v1,";

    /// <summary>Verifies a request. <paramref name="header"/> gives a header's value by its lower-case name, or nothing.</summary>
    /// <param name="header">The request's headers.</param>
    /// <param name="body">The bytes as they came; never written again from a reading of them.</param>
    /// <param name="secrets">The sender's live secrets, <c>whsec_…</c>: two during a rotation.</param>
    /// <param name="now">The machine's own clock, also in a rehearsal.</param>
    public static SignatureFault Verify(Func<string, string?> header, ReadOnlySpan<byte> body, IEnumerable<string> secrets, DateTimeOffset now)
    {
        if (header(IdHeader) is not { Length: > 0 } id || header(TimestampHeader) is not { Length: > 0 } timestamp
            || header(SignatureHeader) is not { Length: > 0 } signatures)
        {
            return SignatureFault.MissingHeader;
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return SignatureFault.BadTimestamp;
        }

        var age = now.ToUnixTimeSeconds() - (decimal)seconds;
        if (Math.Abs(age) > (decimal)Tolerance.TotalSeconds)
        {
            return age > 0 ? SignatureFault.TooOld : SignatureFault.TooNew;
        }

        var matched = false;
        foreach (var secret in secrets)
        {
            if (Mac(secret, id, timestamp, body) is { } expected)
            {
                matched |= AnyMatches(signatures, expected);
            }
        }

        return matched ? SignatureFault.None : SignatureFault.NoMatch;
    }

    /// <summary>The signature header of an outgoing message: one signature for each live secret.</summary>
    /// <exception cref="ArgumentException">A secret is empty or not base64.</exception>
    public static string Sign(string id, DateTimeOffset at, ReadOnlySpan<byte> body, IEnumerable<string> secrets)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signatures = new List<string>();
        foreach (var secret in secrets)
        {
            var mac = Mac(secret, id, timestamp, body) ?? throw new ArgumentException("a webhook secret is empty or not base64", nameof(secrets));
            signatures.Add(VersionPrefix + Convert.ToBase64String(mac));
        }

        return string.Join(' ', signatures);
    }

    /// <summary>A new secret of 32 random bytes, <c>whsec_…</c>.</summary>
    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static bool AnyMatches(string signatures, byte[] expected)
    {
        var matched = false;
        foreach (var signature in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (signature.StartsWith(VersionPrefix, StringComparison.Ordinal) && FromBase64(signature[VersionPrefix.Length..]) is { } given)
            {
                matched |= CryptographicOperations.FixedTimeEquals(given, expected);
            }
        }

        return matched;
    }

    private static byte[]? Mac(string secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        var text = secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret;
        if (FromBase64(text) is not { Length: > 0 } key)
        {
            return null;
        }

        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        mac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }

    private static byte[]? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : null;
    }
}
