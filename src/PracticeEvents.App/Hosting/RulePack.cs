using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Hosting;

/// <summary>Reads the rule files, profiles and calendar that travel with the executable, with a council's own pack laid over them. A folder given in their place is
/// a whole set when it has the calendar of bank holidays, and otherwise a pack.</summary>
internal static class RulePack
{
    private const string ProfilesFile = "profiles.json";
    private const string ChangesFile = "changes.json";
    private const string PackFolder = "local";
    private static readonly string CouncilFile = Path.Combine("calendar", "council.json");

    /// <summary>The folder beside the executable.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "rules");

    /// <summary>Reads every rule under a folder.</summary>
    /// <exception cref="RulePackException">A file is wrong; the message names every problem with its file and line.</exception>
    public static RuleBook Read(string folder)
    {
        var (book, problems) = TryRead(folder);
        return book ?? throw new RulePackException(string.Join(Environment.NewLine, problems));
    }

    /// <summary>Reads every rule under a folder, or says everything wrong with it: file, line and a sentence each.</summary>
    public static (RuleBook? Book, IReadOnlyList<string> Problems) TryRead(string folder)
    {
        var isWhole = File.Exists(Holidays(folder));
        if (!isWhole && !Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Any())
        {
            return (null, [$"{folder}: there is neither calendar/england-and-wales.json, as a whole set of rules has, nor any file of a council's own pack."]);
        }

        if (isWhole && File.Exists(Path.Combine(folder, ChangesFile)))
        {
            return (
                null,
                [$"{folder}: {ChangesFile} is not read beside a whole set of rules. "
                    + $"Put the council's own pack in its folder {PackFolder}, or take calendar/england-and-wales.json away."]);
        }

        var (set, pack) = isWhole ? (folder, Path.Combine(folder, PackFolder)) : (Shipped, folder);
        var reading = new Reading(set, Directory.Exists(pack) ? pack : null);
        return reading.Book is { } book ? (book, []) : (null, reading.Problems);
    }

    private static string Holidays(string folder) => Path.Combine(folder, "calendar", "england-and-wales.json");

    /// <summary>One reading of a set and a pack.</summary>
    private sealed class Reading
    {
        private readonly List<string> problems = [];
        private readonly string set;
        private readonly string? pack;

        public Reading(string set, string? pack)
        {
            (this.set, this.pack) = (set, pack);
            var profiles = Profiles(set).With(Profiles(pack));
            var shipped = Rules(Files(set).Where(f => !Path.GetRelativePath(set, f).StartsWith(PackFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal)), set, profiles);
            var own = pack is null ? [] : Rules(Files(pack), pack, profiles);
            foreach (var (rule, file) in own)
            {
                Add(file, pack!, PackCheck.Own(rule, [.. shipped.Select(r => r.Rule)]));
            }

            if (shipped.Count == 0 && problems.Count == 0)
            {
                // Nobody would be told of anything, and nothing would look wrong.
                problems.Add(
                    $"{set}: there is no rule in it. A folder with calendar/england-and-wales.json is a whole set: "
                    + "copy all of the rules to it, and change what is to be different.");
            }

            var calendar = Calendar();
            problems.AddRange(shipped.GroupBy(r => r.Rule.Id).Where(g => g.Count() > 1).Select(g => $"{g.Key}: two files have this id."));
            if (problems.Count > 0 || calendar is null)
            {
                return;
            }

            var changes = Changes(profiles);
            var changed = Checked(ChangesFile, wrong => PackCheck.Apply([.. shipped.Select(r => r.Rule)], changes, calendar, wrong));
            var book = problems.Count > 0 ? null : new RuleBook(changed.Concat(own.Select(r => r.Rule)), calendar, profiles) { Sent = new SentKinds() };
            if (book is not null)
            {
                Try(book, changes, own);
            }

            Book = problems.Count == 0 ? book : null;
        }

        public RuleBook? Book { get; }

        public IReadOnlyList<string> Problems => problems;

        // The examples of a pack are its proof; those of the rules that travel with the executable were run when it was made.
        private void Try(RuleBook book, IReadOnlyList<LocalChange> changes, List<(Rule Rule, string File)> own)
        {
            Checked(ChangesFile, wrong =>
            {
                wrong.AddRange(changes.SelectMany(c => PackCheck.Failing(c.Examples, c.Rule, book.Whole).Select(p => $"{c.Place}.examples: {p}")));
                return true;
            });
            foreach (var (rule, file) in own)
            {
                Add(file, pack!, PackCheck.Failing(rule.Examples, rule.Id, book.Whole).Select(p => $"examples: {p}"));
            }
        }

        private List<(Rule Rule, string File)> Rules(IEnumerable<string> files, string folder, AlertProfiles profiles)
        {
            var rules = new List<(Rule, string)>();
            foreach (var file in files)
            {
                var reading = RuleReader.Read(File.ReadAllText(file), profiles);
                Add(file, folder, reading.Problems);
                if (reading.Rule is { } rule)
                {
                    rules.Add((rule, file));
                }
            }

            return rules;
        }

        private WorkingDays? Calendar()
        {
            LocalDays? council = null;
            if (new[] { pack, set }.FirstOrDefault(folder => Own(folder, CouncilFile) is not null) is { } folder)
            {
                var wrong = new List<string>();
                council = CalendarReader.Council(Own(folder, CouncilFile)!, wrong);
                Add(Path.Combine(folder, CouncilFile), folder, wrong);
            }

            try
            {
                return CalendarReader.Read(File.ReadAllText(Holidays(set)), council);
            }
            catch (FormatException e)
            {
                Add(Holidays(set), set, [e.Message]);
                return null;
            }
        }

        private IReadOnlyList<LocalChange> Changes(AlertProfiles profiles) =>
            Own(pack, ChangesFile) is { } json ? Checked(ChangesFile, wrong => LocalPackReader.Read(json, profiles, wrong)) : [];

        private AlertProfiles Profiles(string? folder)
        {
            if (Own(folder, ProfilesFile) is not { } json)
            {
                return AlertProfiles.None;
            }

            var wrong = new List<string>();
            var profiles = AlertProfiles.Read(json, wrong);
            Add(Path.Combine(folder!, ProfilesFile), folder!, wrong);
            return profiles;
        }

        private T Checked<T>(string file, Func<List<string>, T> check)
        {
            var wrong = new List<string>();
            var result = check(wrong);
            Add(Path.Combine(pack ?? set, file), pack ?? set, wrong);
            return result;
        }

        private void Add(string file, string folder, IEnumerable<string> wrong)
        {
            foreach (var problem in wrong)
            {
                problems.Add($"{Path.GetRelativePath(folder, file)}:{JsonPlaces.LineOf(File.ReadAllText(file), problem.Split(':')[0])}: {problem}");
            }
        }

        private static string? Own(string? folder, string name) =>
            folder is not null && Path.Combine(folder, name) is var file && File.Exists(file) ? File.ReadAllText(file) : null;

        private static IEnumerable<string> Files(string folder) =>
            Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where(file => Path.GetRelativePath(folder, file) is var name
                && !name.StartsWith("calendar", StringComparison.Ordinal) && !name.EndsWith(".schema.json", StringComparison.Ordinal) && name is not (ProfilesFile or ChangesFile));
    }
}

/// <summary>The rules cannot be used.</summary>
internal sealed class RulePackException(string message) : Exception(message);
