using System.Globalization;

namespace PracticeEvents.Store;

/// <summary>The installed PostgreSQL server programs, the newest there is.</summary>
/// <param name="Folder">Where they are.</param>
/// <param name="Major">Their major version.</param>
internal sealed record ServerBinaries(string Folder, int Major)
{
    private const int Oldest = 15;
    private const string Advice = "install one with `apt-get install postgresql` (Debian, Ubuntu), set PRACTICE_PG_BIN to its bin folder, or give a connection string";

    public string Initdb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    public static async Task<ServerBinaries> FindAsync(string? given, CancellationToken ct)
    {
        given ??= Environment.GetEnvironmentVariable("PRACTICE_PG_BIN");
        if (!string.IsNullOrEmpty(given))
        {
            return await AtAsync(given, ct) is { } chosen && chosen.Major >= Oldest
                ? chosen
                : throw new ClusterException($"{given} does not hold a PostgreSQL server of version {Oldest} or newer.");
        }

        var found = new List<ServerBinaries>();
        foreach (var folder in Candidates())
        {
            if (await AtAsync(folder, ct) is { } here)
            {
                found.Add(here);
            }
        }

        var newest = found.MaxBy(binaries => binaries.Major)
            ?? throw new ClusterException($"No PostgreSQL server was found on this machine: {Advice}.");
        return newest.Major >= Oldest
            ? newest
            : throw new ClusterException($"PostgreSQL {newest.Major} is too old, version {Oldest} or newer is needed: {Advice}.");
    }

    private static IEnumerable<string> Candidates()
    {
        const string Debian = "/usr/lib/postgresql";
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var packaged = Directory.Exists(Debian) ? Directory.EnumerateDirectories(Debian).Select(version => Path.Combine(version, "bin")) : [];
        return packaged.Concat(path).Distinct();
    }

    private static async Task<ServerBinaries?> AtAsync(string folder, CancellationToken ct)
    {
        var server = Path.Combine(folder, "postgres");
        if (!File.Exists(server) || !File.Exists(Path.Combine(folder, "initdb")) || !File.Exists(Path.Combine(folder, "pg_ctl")))
        {
            return null;
        }

        // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
        var said = (await ServerUser.Current.RunAsync(server, ["--version"], null, ct)).Output.Split(' ', 4);
        return said.Length > 2 && int.TryParse(said[2].Split('.', 'b', 'r', 'd')[0].Trim(), CultureInfo.InvariantCulture, out var major)
            ? new ServerBinaries(folder, major)
            : null;
    }
}
