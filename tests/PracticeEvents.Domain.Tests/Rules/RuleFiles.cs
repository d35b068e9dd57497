using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Tests.Rules;

/// <summary>The rule files and the calendar of this repository, read once.</summary>
internal static class RuleFiles
{
    public static string Folder { get; } = Find();

    public static IReadOnlyList<string> Paths { get; } =
    [
        .. Directory.EnumerateDirectories(Folder).Where(d => Path.GetFileName(d) is not "calendar")
            .SelectMany(d => Directory.EnumerateFiles(d, "*.json")).Order(StringComparer.Ordinal),
    ];

    public static AlertProfiles Profiles { get; } = ReadProfiles();

    public static IReadOnlyList<Rule> All { get; } = [.. Paths.Select(p => Read(p).Rule).OfType<Rule>()];

    public static WorkingDays Calendar { get; } =
        CalendarReader.Read(
            File.ReadAllText(Path.Combine(Folder, "calendar", "england-and-wales.json")),
            CalendarReader.Council(File.ReadAllText(Path.Combine(Folder, "calendar", "council.json")), []));

    public static RuleReading Read(string path) => RuleReader.Read(File.ReadAllText(path), Profiles);

    private static AlertProfiles ReadProfiles()
    {
        var problems = new List<string>();
        var profiles = AlertProfiles.Read(File.ReadAllText(Path.Combine(Folder, "profiles.json")), problems);
        return problems.Count == 0 ? profiles : throw new FormatException(string.Join('\n', problems));
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PracticeEvents.sln")))
            {
                return Path.Combine(folder.FullName, "rules");
            }
        }

        throw new DirectoryNotFoundException($"No rules folder lies above {AppContext.BaseDirectory}.");
    }
}
