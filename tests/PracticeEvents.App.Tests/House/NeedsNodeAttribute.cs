using PracticeEvents.App.Tests.Web.Harness;
using Xunit;

namespace PracticeEvents.App.Tests.House;

/// <summary>A test against another implementation, in JavaScript. Without it the test is skipped on a developer's machine and fails in CI.</summary>
public sealed class NeedsNodeAttribute : FactAttribute
{
    public NeedsNodeAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") is not ("true" or "1") && Missing() is { } missing)
        {
            Skip = missing;
        }
    }

    private static string? Missing() =>
        Repository.Find("node_modules/ajv") is null ? "Run npm ci first."
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, "node"))) ? null : "There is no node.";
}
