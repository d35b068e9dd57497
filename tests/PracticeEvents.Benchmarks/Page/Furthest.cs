using System.Globalization;
using System.Text;
using PracticeEvents.Benchmarks.Machine;

namespace PracticeEvents.Benchmarks.Page;

/// <summary>Says where the time goes in the two figures that are furthest from their goals.</summary>
internal static class Furthest
{
    public static string Explain(IReadOnlyList<Figure> figures, IReadOnlyList<Profile> profiles)
    {
        var missed = figures.Where(f => f.Least < 1 && f.Profile is not null).OrderBy(f => f.Least).DistinctBy(f => f.Profile).Take(2).ToList();
        if (missed.Count == 0)
        {
            return "\nEvery goal whose work was profiled is met.\n";
        }

        var text = new StringBuilder("\nFurthest from their goals:\n\n");
        foreach (var figure in missed)
        {
            var profile = profiles.First(p => p.What == figure.Profile);
            text.Append(CultureInfo.InvariantCulture, $"- {figure.What} ({figure.Least:0.00} of goal). {Where(profile)}\n");
        }

        return text.ToString();
    }

    private static string Where(Profile profile)
    {
        var (own, server) = (profile.Used.Own, profile.Used.Server);
        var share = string.Create(
            CultureInfo.InvariantCulture,
            $"Of {own + server:0.0} processor seconds {own / (own + server) * 100:0} % went to the service and the rest to PostgreSQL");
        return profile.Busy > 0.8
            ? $"The processors were the limit. {share}; what helps is to do less in the {(own > server ? "service" : "database")} for each {profile.Unit}."
            : string.Create(CultureInfo.InvariantCulture, $"The processors were busy for {profile.Busy * 100:0} % of the time: the rest went to waiting, for commits to reach the disk and for answers of the database. {share}.");
    }
}
