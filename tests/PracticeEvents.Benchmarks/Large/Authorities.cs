using PracticeEvents.Benchmarks.Machine;

namespace PracticeEvents.Benchmarks.Large;

/// <summary>Files of invented authorities, one to a file, until there are so many events.</summary>
internal static class Authorities
{
    private const int Most = 150;

    // Events of an authority when there are ten million of 150.
    private const int Usual = 66_000;

    /// <summary>Writes them: 150, or fewer when they would be small, each with its own seed and all of one size, two at a time.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="events">How many events there are to be, about.</param>
    /// <returns>The files, and how many events are in each.</returns>
    public static async Task<IReadOnlyList<(string File, long Events)>> WriteAsync(string folder, long events)
    {
        // A small one tells how many events a child brings.
        const int trial = 200;
        var (first, count) = await WriteOneAsync(folder, 0, trial);
        File.Delete(first);
        var authorities = (int)Math.Clamp(events / Usual, 4, Most);
        var children = (int)Math.Clamp(events / (double)authorities * trial / count, 20, 50_000);
        var files = new List<(string File, long Events)>();
        for (var seed = 1; seed <= authorities; seed += 2)
        {
            files.AddRange(await Task.WhenAll(WriteOneAsync(folder, seed, children), WriteOneAsync(folder, seed + 1, children)));
            Console.Error.WriteLine($"large: {files.Sum(f => f.Events):N0} events of {files.Count} authorities written");
        }

        return files;
    }

    private static async Task<(string File, long Events)> WriteOneAsync(string folder, int seed, int children)
    {
        var file = Path.Combine(folder, $"authority-{seed:000}.ndjson");
        await Practice.RunAsync("generate", "--seed", $"{seed}", "--children", $"{children}", "--out", file);
        return (file, File.ReadLines(file).LongCount());
    }
}
