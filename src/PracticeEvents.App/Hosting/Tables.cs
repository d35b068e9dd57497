using PracticeEvents.App.Access;
using PracticeEvents.App.Process;

namespace PracticeEvents.App.Hosting;

/// <summary>Makes every table of the app that is missing. The event tables have their own numbered scripts in the store.</summary>
internal static class Tables
{
    /// <summary>Makes them, one node at a time.</summary>
    public static async Task EnsureAsync(IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<Tokens>().EnsureAsync(ct);
        await services.GetRequiredService<ReadLog>().EnsureAsync(ct);
        await services.GetRequiredService<Labels>().EnsureAsync(ct);
        await services.GetRequiredService<KeysInDatabase>().EnsureAsync(ct);
        await services.GetRequiredService<RehearsalTime>().EnsureAsync(ct);
        await services.GetRequiredService<TimescaleProcess>().EnsureAsync(ct);
    }
}
