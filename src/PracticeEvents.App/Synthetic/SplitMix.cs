namespace PracticeEvents.App.Synthetic;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, 2014). Our own, because the sequence of <see cref="Random"/> for a seed may change between releases
/// and an invented authority must stay the same for ever. Integers only, so that no machine rounds differently.
/// </summary>
internal sealed class SplitMix(int seed, int stream)
{
    private ulong state = Mix(((ulong)(uint)seed << 32) | (uint)stream);

    /// <summary>The next 64 bits.</summary>
    public ulong Next() => Mix(state += 0x9E3779B97F4A7C15);

    /// <summary>A whole number from 0 up to, not including, <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both possible.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>True in so many cases of a thousand.</summary>
    public bool Chance(int perMille) => Below(1000) < perMille;

    /// <summary>One of the choices, each as likely as the next.</summary>
    public T Pick<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
