using System.Diagnostics;
using Xunit;

namespace PracticeEvents.App.Tests.House;

/// <summary>A test against programs that others wrote in Python, as Debian packages them. Without them the test is skipped on a developer's machine and fails in CI.</summary>
public sealed class NeedsPythonAttribute : FactAttribute
{
    private static readonly Lazy<bool> IsThere = new(() =>
        File.Exists(DebianPython.Path) && DebianPython.Start("import aiosmtpd, feedparser, icalendar") is var python && Ended(python));

    public NeedsPythonAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") is not ("true" or "1") && !IsThere.Value)
        {
            Skip = "Run ops/install/install.sh python-clients first.";
        }
    }

    private static bool Ended(System.Diagnostics.Process python)
    {
        using (python)
        {
            python.StandardInput.Close();
            python.WaitForExit();
            return python.ExitCode == 0;
        }
    }
}

/// <summary>Debian's own Python.</summary>
internal static class DebianPython
{
    public const string Path = "/usr/bin/python3";

    /// <summary>Starts a script.</summary>
    public static System.Diagnostics.Process Start(string script) => System.Diagnostics.Process.Start(new ProcessStartInfo(Path, ["-u", "-c", script])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Runs a script that reads its input to the end and prints its answer.</summary>
    public static async Task<string> RunAsync(string script, byte[] input)
    {
        using var python = Start(script);
        await python.StandardInput.BaseStream.WriteAsync(input);
        python.StandardInput.Close();
        var (said, complaint) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
        await python.WaitForExitAsync();
        Assert.True(python.ExitCode == 0, await complaint);
        return await said;
    }
}
