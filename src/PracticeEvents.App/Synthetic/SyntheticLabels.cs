namespace PracticeEvents.App.Synthetic;

/// <summary>Invented names: a first name and a letter for a child, a first name and a bird for a worker, so that nobody takes them for
/// real.</summary>
internal static class SyntheticLabels
{
    private static readonly string[] Names =
    [
        "Sam", "Asha", "Billie", "Callum", "Dara", "Elis", "Fatima", "Gwen", "Hari", "Imani", "Jo", "Kofi", "Lena", "Mo", "Nia", "Oskar",
        "Priya", "Quinn", "Rhys", "Suki", "Tariq", "Uma", "Val", "Wren", "Xanthe", "Yusuf", "Zofia", "Amal", "Bronwen", "Chidi",
            "Devon", "Edie",
    ];

    private static readonly string[] Birds =
    [
        "Heron", "Curlew", "Wagtail", "Dunnock", "Lapwing", "Siskin", "Plover", "Redstart", "Goldcrest", "Nuthatch", "Whimbrel",
            "Fieldfare", "Kestrel", "Avocet",
    ];

    /// <summary>Labels of an authority's teams, workers and children.</summary>
    public static IEnumerable<SyntheticLabel> Of(Setting setting, IEnumerable<Family> families)
    {
        var random = new SplitMix(setting.Plan.Seed, int.MaxValue - 2);
        foreach (var team in setting.Structure.Teams)
        {
            yield return new SyntheticLabel("team", team.Reference, team.Label);
        }

        foreach (var worker in setting.Structure.Workers)
        {
            yield return new SyntheticLabel("worker", worker.Reference, $"{random.Pick<string>(Names)} {random.Pick<string>(Birds)}");
        }

        foreach (var family in families)
        {
            var letter = (char)('A' + random.Below(26));
            foreach (var child in family.Children(setting))
            {
                yield return new SyntheticLabel("child", child, $"{random.Pick<string>(Names)} {letter}");
            }
        }
    }
}
