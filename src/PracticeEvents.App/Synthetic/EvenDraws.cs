namespace PracticeEvents.App.Synthetic;

/// <summary>What is drawn once per family, evenly over all families.</summary>
internal enum EvenDraw
{
    /// <summary>When the family first comes to notice.</summary>
    Arrival,

    /// <summary>Where the first referral leads.</summary>
    Route,

    /// <summary>How many children.</summary>
    Size,

    /// <summary>How long the first plan or stay lasts.</summary>
    Length,

    /// <summary>How long the first assessment, or the wait for the first conference, takes.</summary>
    Pace,

    /// <summary>Which of a team's posts holds the family.</summary>
    Post,
}

/// <summary>
/// Draws that fill each distribution evenly instead of by luck, so that even a small authority has the national shares. An additive
/// recurrence in six dimensions on the generalised golden ratio (the root of x^7 = x + 1), in whole numbers.
/// </summary>
internal readonly struct EvenDraws(int seed, int family)
{
    private static readonly ulong[] Steps =
    [
        0xE60E2B722B53AEEB, 0xCEBD76D9EDB6A8EF, 0xB9C9AA3A51D00B65, 0xA6F5777F6F88983F, 0x9609C71EB7D03F7A, 0x86D516E50B04AB1B,
    ];

    /// <summary>A place in a distribution, from 0 up to, not including, <see cref="Bands.Whole"/>.</summary>
    public int Share(EvenDraw draw) => Below(draw, Bands.Whole);

    /// <summary>A whole number from 0 up to, not including, <paramref name="limit"/>.</summary>
    public int Below(EvenDraw draw, int limit)
    {
        var start = new SplitMix(seed, -1 - (int)draw).Next();
        return (int)(((start + (Steps[(int)draw] * (ulong)(uint)(family + 1))) >> 32) * (ulong)limit >> 32);
    }
}
