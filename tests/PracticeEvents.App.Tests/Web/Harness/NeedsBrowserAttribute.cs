using Xunit;

namespace PracticeEvents.App.Tests.Web.Harness;

/// <summary>A test in a real browser. Without one it is skipped on a developer's machine and fails in CI, so it is never lost quietly.</summary>
public sealed class NeedsBrowserAttribute : FactAttribute
{
    public NeedsBrowserAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") is not ("true" or "1") && Browser.Missing() is { } missing)
        {
            Skip = missing;
        }
    }
}
