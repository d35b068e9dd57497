using System.ComponentModel;
using System.Diagnostics;

namespace PracticeEvents.Store;

/// <summary>What a program that ran said.</summary>
internal sealed record Ran(int ExitCode, string Output, string Errors)
{
    /// <summary>The last thing it said that means anything, for a one-sentence message.</summary>
    public string LastWord => (Errors + "\n" + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .LastOrDefault(line => !line.StartsWith("examine the log", StringComparison.OrdinalIgnoreCase)
            && !line.Contains("removing", StringComparison.OrdinalIgnoreCase)) ?? "no reason given";
}

/// <summary>The user that PostgreSQL runs as: oneself, or <c>postgres</c> when one is root, as which it will not run.</summary>
/// <param name="Through">Program and arguments that change the user; empty for oneself.</param>
internal sealed record ServerUser(IReadOnlyList<string> Through)
{
    private const string Name = "postgres";

    /// <summary>Oneself.</summary>
    public static readonly ServerUser Current = new([]);

    /// <summary>Whether it is another user than oneself.</summary>
    public bool IsOther => Through.Count > 0;

    public static ServerUser Choose()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return Current;
        }

        if (!File.ReadLines("/etc/passwd").Any(line => line.StartsWith(Name + ":", StringComparison.Ordinal)))
        {
            throw new ClusterException($"PostgreSQL does not run as root, and there is no user {Name} on this machine: run as another user, or install the package postgresql.");
        }

        return OnPath("setpriv") is { } setpriv ? new([setpriv, $"--reuid={Name}", $"--regid={Name}", "--clear-groups", "--"])
            : OnPath("runuser") is { } runuser ? new([runuser, "-u", Name, "--"])
            : throw new ClusterException("PostgreSQL does not run as root, and neither setpriv nor runuser is on this machine to change the user: run as another user.");
    }

    /// <summary>Runs a program as this user and waits for it. Its children may live on.</summary>
    public async Task<Ran> RunAsync(string program, IEnumerable<string> arguments, string? input, CancellationToken ct)
    {
        string[] words = [.. Through, program, .. arguments];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The caller's own folder may be closed to the other user.
            WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C";
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        try
        {
            using var process = Process.Start(start)!;
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), ct);
            }

            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return new Ran(process.ExitCode, await output, await errors);
        }
        catch (Win32Exception error)
        {
            return new Ran(127, "", error.Message);
        }
    }

    /// <summary>Runs a program as this user; a failure is a <see cref="ClusterException"/> that says what was being done.</summary>
    public async Task MustRunAsync(string doing, string program, IEnumerable<string> arguments, string? input, CancellationToken ct)
    {
        var ran = await RunAsync(program, arguments, input, ct);
        if (ran.ExitCode != 0)
        {
            throw new ClusterException($"Could not {doing}: {ran.LastWord}");
        }
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/bin").Append("/usr/sbin").Append("/sbin")
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
