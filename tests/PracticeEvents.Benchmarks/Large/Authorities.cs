using PracticeEvents.Benchmarks.Machine;

namespace PracticeEvents.Benchmarks.Large;

/// <summary>Files of invented authorities, one to a file, until there are so many events.</summary>
internal static class Authorities
{
    private const int Most = 150;

    /// <summary>Writes them: no more than 150, each with its own seed and all of one size, two at a time.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="events">How many events there are to be.</param>
    /// <returns>The files, and how many events are in them.</returns>
    public static async Task<(IReadOnlyList<string> Files, long Events)> WriteAsync(string folder, long events)
    {
        // The first tells how many events a child of this size of authority has.
        const int trial = 200;
        var (first, count) = await WriteOneAsync(folder, 0, trial);
        File.Delete(first);
        var children = (int)Math.Clamp(events / (double)Most * trial / count, 20, 50_000);
        var (files, written) = (new List<string>(), 0L);
        for (var seed = 1; seed <= Most && written < events; seed += 2)
        {
            foreach (var (file, more) in await Task.WhenAll(WriteOneAsync(folder, seed, children), WriteOneAsync(folder, seed + 1, children)))
            {
                files.Add(file);
                written += more;
            }

            Console.Error.WriteLine($"large: {written:N0} events of {files.Count} authorities written");
        }

        return (files, written);
    }

    private static async Task<(string File, long Events)> WriteOneAsync(string folder, int seed, int children)
    {
        var file = Path.Combine(folder, $"authority-{seed:000}.ndjson");
        await Practice.RunAsync("generate", "--seed", $"{seed}", "--children", $"{children}", "--out", file);
        return (file, File.ReadLines(file).LongCount());
    }
}
