using System.Security.Cryptography;
using System.Text;

namespace PracticeEvents.Store;

/// <summary>Owners of work are dealt out over a fixed number of shares, so that nodes can divide the work between them and no owner is ever worked on by two.</summary>
public static class Partitions
{
    /// <summary>How many shares there are. More than nodes that a council will run, and few enough that one position for each costs nothing.</summary>
    public const int Count = 16;

    /// <summary>Which share an owner belongs to, from 0. The database works out the same (<c>practice.partition_of</c>).</summary>
    public static int Of(string owner)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(owner), hash);
        return hash[0] % Count;
    }
}
