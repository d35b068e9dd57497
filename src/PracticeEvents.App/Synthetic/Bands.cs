namespace PracticeEvents.App.Synthetic;

/// <summary>One band of a published distribution.</summary>
/// <param name="UpTo">Share of cases in this band and those before it, in millionths.</param>
/// <param name="From">Smallest value in the band.</param>
/// <param name="To">Largest value in the band.</param>
internal readonly record struct Band(int UpTo, int From, int To);

/// <summary>A distribution as official statistics publish it: bands with a share each, evenly spread inside the band.</summary>
internal sealed class Bands(params Band[] bands)
{
    /// <summary>All of something, in the millionths that shares are counted in.</summary>
    public const int Whole = 1_000_000;

    /// <summary>The value at a place in the distribution.</summary>
    /// <param name="share">From 0 up to, not including, <see cref="Whole"/>.</param>
    public int At(int share)
    {
        var below = 0;
        foreach (var band in bands)
        {
            if (share < band.UpTo)
            {
                return band.From + (int)((long)(share - below) * (band.To - band.From + 1) / (band.UpTo - below));
            }

            below = band.UpTo;
        }

        return bands[^1].To;
    }
}
