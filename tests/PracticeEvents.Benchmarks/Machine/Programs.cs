using System.Diagnostics;

namespace PracticeEvents.Benchmarks.Machine;

/// <summary>Other programs that a measure runs.</summary>
internal static class Programs
{
    /// <summary>Runs one to its end and gives what it wrote.</summary>
    /// <exception cref="BenchException">It is missing or failed.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Started(start);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new BenchException(
                $"{program} ended with exit code {process.ExitCode}: "
                + $"{string.Join(' ', (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(3))}");
    }

    /// <summary>Where a program of PostgreSQL is.</summary>
    public static string OfPostgres(string name)
    {
        const string debian = "/usr/lib/postgresql";
        IEnumerable<string> folders =
        [
            Environment.GetEnvironmentVariable("PRACTICE_PG_BIN") ?? "",
            .. Directory.Exists(debian) ? Directory.EnumerateDirectories(debian).OrderDescending().Select(version => Path.Combine(version, "bin")) : [],
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
        ];
        return folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new BenchException($"{name} is not on this machine. It comes with the PostgreSQL server: ops/install/install.sh postgresql");
    }

    private static Process Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new BenchException($"{start.FileName} is not on this machine.");
        }
    }
}
