using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PracticeEvents.App.Inputs;

/// <summary>
/// A token that a sender gets for its credentials and sends for an hour instead of them. It is signed with the hash of the sender's bearer
/// token, so every node can check it and a new bearer token ends it.
/// </summary>
internal static class AccessToken
{
    /// <summary>How long a token is believed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>A token for a sender.</summary>
    public static string Issue(Source source, DateTimeOffset now)
    {
        var claim = string.Create(CultureInfo.InvariantCulture, $"{source.Name}.{(now + Lifetime).ToUnixTimeSeconds()}");
        return $"{claim}.{Base64Url.EncodeToString(Sign(source, claim))}";
    }

    /// <summary>Whether a token was issued for this sender and has not run out.</summary>
    public static bool IsFor(Source source, string token, DateTimeOffset now)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || parts[0] != source.Name
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var end) || end <= now.ToUnixTimeSeconds())
        {
            return false;
        }

        var expected = Base64Url.EncodeToString(Sign(source, $"{parts[0]}.{parts[1]}"));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(parts[2]));
    }

    private static byte[] Sign(Source source, string claim) => HMACSHA256.HashData(source.BearerHash, Encoding.UTF8.GetBytes(claim));
}
