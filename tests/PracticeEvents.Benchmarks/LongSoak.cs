using System.Globalization;
using PracticeEvents.App.Tests.Chaos;

namespace PracticeEvents.Benchmarks;

/// <summary>The long form of the soak: <c>SOAK_MINUTES</c> (15) with the seed <c>SOAK_SEED</c> (another every time).</summary>
internal static class LongSoak
{
    public static async Task<int> RunAsync()
    {
        var minutes = double.Parse(Environment.GetEnvironmentVariable("SOAK_MINUTES") is { Length: > 0 } said ? said : "15", CultureInfo.InvariantCulture);
        var report = await Soak.RunAsync(Soak.Seed(Environment.TickCount), TimeSpan.FromMinutes(minutes), Console.WriteLine);
        Console.WriteLine(report.Wrongs.Count == 0 ? "Nothing was lost, doubled or wrong." : $"{report.Wrongs.Count} things are wrong.");
        return report.Wrongs.Count == 0 ? 0 : 1;
    }
}
