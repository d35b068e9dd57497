using System.Security.Cryptography;
using System.Text;

namespace PracticeEvents.Store;

/// <summary>Event ids that depend on nothing but the sender's own key, so that they do not change with the order of arrival.</summary>
public static class EventIdentity
{
    /// <summary>A version 8 UUID (RFC 9562) of the SHA-256 of source and id.</summary>
    public static Guid Of(string source, string eventId)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{eventId}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
