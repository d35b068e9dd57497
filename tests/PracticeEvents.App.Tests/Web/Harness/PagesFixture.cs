using Xunit;

namespace PracticeEvents.App.Tests.Web.Harness;

/// <summary>A browser and the pages, started once for the tests of the frame.</summary>
public sealed class PagesFixture : IAsyncLifetime
{
    internal Browser Browser { get; } = new();

    internal PageHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var noon = new DateTimeOffset(2026, 9, 24, 12, 0, 0, TimeSpan.Zero);
        Host = await PageHost.StartAsync(frame =>
        {
            frame.Council = "Ambermoor Council";
            frame.RehearsalClock = () => noon;
            frame.StaleSince = () => noon.AddHours(-30);
            frame.Navigation = [new("Sample", "/sample"), new("Help", "/help"), new("Nowhere", "/nowhere"), new("Closed", "/help/keyboard", "auditor")];
        });
        await Browser.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Host.DisposeAsync();
    }
}
