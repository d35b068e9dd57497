using System.Globalization;

namespace PracticeEvents.App.Synthetic;

/// <summary>A family: its children and the times it has been known to children's services.</summary>
internal sealed class Family
{
    private const int MostEpisodes = 4;
    private readonly List<Episode> episodes = [];
    private readonly int size;

    private Family(Setting setting, int number)
    {
        Number = number;
        Draws = new EvenDraws(setting.Plan.Seed, number);
        Random = new SplitMix(setting.Plan.Seed, number);
        Reference = setting.Prefix + "f" + number.ToString("00000", CultureInfo.InvariantCulture);
        size = NationalFigures.FamilySize.At(Draws.Share(EvenDraw.Size));
    }

    /// <summary>Which family, from 0.</summary>
    public int Number { get; }

    /// <summary>Opaque reference that brothers and sisters share.</summary>
    public string Reference { get; }

    /// <summary>How many children. One who leaves care as an adult is told alone.</summary>
    public int Size => episodes[^1].AgesOut ? 1 : size;

    /// <summary>What was drawn evenly for it.</summary>
    public EvenDraws Draws { get; }

    /// <summary>Its luck.</summary>
    public SplitMix Random { get; }

    /// <summary>Its episodes, oldest first; at least one.</summary>
    public IReadOnlyList<Episode> Episodes => episodes;

    /// <summary>Whether its case is open at the end of the history.</summary>
    public bool OpenOn(DateOnly day) => episodes[^1].Referred <= day && episodes[^1].Closed > day;

    /// <summary>The children's references, eldest first.</summary>
    public IEnumerable<string> Children(Setting setting) =>
        Enumerable.Range(0, Size).Select(n => string.Create(CultureInfo.InvariantCulture,
            $"{setting.Prefix}{Number:00000}{(char)('a' + n)}"));

    /// <summary>Lays out the family with a number.</summary>
    public static Family Of(Setting setting, int number)
    {
        var family = new Family(setting, number);
        var referred = setting.Referrals.DayAt(family.Draws.Share(EvenDraw.Arrival));
        family.Live(setting, Next(1, referred, NationalFigures.RouteAt(family.Draws.Share(EvenDraw.Route))));
        return family;
    }

    private void Live(Setting setting, Episode start)
    {
        var (length, pace) = (Draws.Share(EvenDraw.Length), Draws.Share(EvenDraw.Pace));
        while (true)
        {
            var episode = EpisodeOutline.Of(setting.Diary, Random, start, length, pace);
            episodes.Add(episode);
            var planned = episode.Protection is not null;
            if (episodes.Count == MostEpisodes || episode.AgesOut || !Random.Chance(planned ? NationalFigures.PlanAgain
                : NationalFigures.ReferredAgain))
            {
                return;
            }

            var referred = setting.Diary.OnOrAfter(episode.Closed.AddDays(Random.Between(20, planned ? 500 : 365)));
            if (referred > setting.Today)
            {
                return;
            }

            (length, pace) = (Random.Below(Bands.Whole), Random.Below(Bands.Whole));
            start = Next(episodes.Count + 1, referred, planned ? Route.Conference : NationalFigures.RouteAt(Random.Below(Bands.Whole)));
        }
    }

    private static Episode Next(int number, DateOnly referred, Route route) =>
        new() { Number = number, Referred = referred, Route = route };
}
