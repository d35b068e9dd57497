using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Hosting;

/// <summary>Reads the rule files and the calendar that travel with the executable, or those of a folder given instead.</summary>
internal static class RulePack
{
    /// <summary>The folder beside the executable.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "rules");

    private const string ProfilesFile = "profiles.json";

    /// <summary>Reads every rule under a folder.</summary>
    /// <exception cref="RulePackException">A file is wrong; the message names every problem with its file.</exception>
    public static RuleBook Read(string folder)
    {
        var (book, problems) = TryRead(folder);
        return book ?? throw new RulePackException(string.Join(Environment.NewLine, problems));
    }

    /// <summary>Reads every rule under a folder, or says everything wrong with it.</summary>
    public static (RuleBook? Book, IReadOnlyList<string> Problems) TryRead(string folder)
    {
        var calendar = Path.Combine(folder, "calendar", "england-and-wales.json");
        if (!File.Exists(calendar))
        {
            return (null, [$"{folder}: there is no calendar/england-and-wales.json in this folder of rules."]);
        }

        var problems = new List<string>();
        var profiles = Profiles(folder, problems);
        var rules = new List<Rule>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, file);
            if (name.StartsWith("calendar", StringComparison.Ordinal) || name.EndsWith(".schema.json", StringComparison.Ordinal) || name == ProfilesFile)
            {
                continue;
            }

            var reading = RuleReader.Read(File.ReadAllText(file), profiles);
            problems.AddRange(reading.Problems.Select(p => $"{name}: {p}"));
            if (reading.Rule is { } rule)
            {
                rules.Add(rule);
            }
        }

        problems.AddRange(rules.GroupBy(r => r.Id).Where(g => g.Count() > 1).Select(g => $"{g.Key}: two files have this id."));
        return problems.Count > 0 ? (null, problems) : (new RuleBook(rules, CalendarReader.Read(File.ReadAllText(calendar), Local(folder)), profiles), []);
    }

    private static AlertProfiles Profiles(string folder, List<string> problems)
    {
        var file = Path.Combine(folder, ProfilesFile);
        if (!File.Exists(file))
        {
            return AlertProfiles.None;
        }

        var wrong = new List<string>();
        var profiles = AlertProfiles.Read(File.ReadAllText(file), wrong);
        problems.AddRange(wrong.Select(p => $"{ProfilesFile}: {p}"));
        return profiles;
    }

    private static string? Local(string folder) =>
        Path.Combine(folder, "calendar", "council.json") is var file && File.Exists(file) ? File.ReadAllText(file) : null;
}

/// <summary>The rules cannot be used.</summary>
internal sealed class RulePackException(string message) : Exception(message);
