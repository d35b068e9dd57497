using System.Diagnostics;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>How a soak went.</summary>
/// <param name="Wrongs">Everything that is wrong, in words; nothing when all is well.</param>
/// <param name="Figures">What was done and stored, a line each.</param>
internal sealed record SoakReport(IReadOnlyList<string> Wrongs, IReadOnlyList<string> Figures);

/// <summary>Three nodes work while senders send, readers read and everything is done to them that a schedule says. Afterwards nothing that was acknowledged is missing,
/// nothing is there twice, nobody was told twice, and everything that is shown is what the log says.</summary>
internal static class Soak
{
    private const int Nodes = 3;

    /// <summary>The seed asked for (<c>SOAK_SEED</c>), or another.</summary>
    public static int Seed(int otherwise) =>
        Environment.GetEnvironmentVariable("SOAK_SEED") is { Length: > 0 } said
            ? int.Parse(said, System.Globalization.CultureInfo.InvariantCulture)
            : otherwise;

    /// <summary>Runs a soak.</summary>
    /// <param name="seed">Decides what is sent and what is done.</param>
    /// <param name="length">How long things are sent and done.</param>
    /// <param name="say">Told of every step.</param>
    public static async Task<SoakReport> RunAsync(int seed, TimeSpan length, Action<string> say)
    {
        var faults = Schedule.Of(seed, length, Nodes);
        say($"SOAK_SEED={seed}: {length.TotalSeconds:0} seconds, {faults.Count} faults");
        var began = Stopwatch.GetTimestamp();
        await using var house = await ChaosHouse.StartAsync(Nodes);
        using var writers = new Writers(house, Story.Posts(seed).Take((int)(length.TotalSeconds * Writers.PostsASecond)));
        await writers.SendAsync(Story.Structure);
        await using var readers = new Readers(house);

        var first = Stopwatch.GetTimestamp();
        var striking = Task.WhenAll(faults.Select(f => StrikeAsync(house, f, () => Stopwatch.GetElapsedTime(first), say)));
        await Task.WhenAll(writers.RunAsync(), striking);
        var sent = Stopwatch.GetElapsedTime(first);
        say($"{sent:mm\\:ss\\.f} all was sent and done");
        await Verdict.SettleAsync(house.Source);
        await readers.CatchUpAsync();
        var settled = Stopwatch.GetElapsedTime(first);
        say($"{settled:mm\\:ss\\.f} all is worked through");

        var wrongs = await JudgeAsync(house, writers, readers);
        string[] figures =
        [
            $"{writers.Done} posts, {writers.Acknowledged.Count} events acknowledged, {writers.Duplicates} said to be duplicates, {writers.Repeated} posts repeated",
            $"{faults.Count} faults; {readers.Pulled.Count} events pulled and {readers.Heard.Count} alerts heard, {readers.Reconnects} reconnections",
            $"{await Verdict.CountsAsync(house.Source)}",
            $"sent in {sent.TotalSeconds:0.0} s, settled after {settled.TotalSeconds:0.0} s, all in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s",
        ];
        foreach (var line in figures.Concat(wrongs.Select(w => $"WRONG: {w}")))
        {
            say(line);
        }

        return new SoakReport(wrongs, figures);
    }

    private static async Task StrikeAsync(ChaosHouse house, Fault fault, Func<TimeSpan> clock, Action<string> say)
    {
        if (fault.At - clock() is var wait && wait > TimeSpan.FromMilliseconds(1))
        {
            using var until = new PeriodicTimer(wait);
            await until.WaitForNextTickAsync();
        }

        await house.StrikeAsync(fault);
        say($"{fault}; over at {clock():mm\\:ss\\.f}");
    }

    // The clocks have been moved past many nights: a node may be at its nightly proof, which holds the lock of rebuilds meanwhile.
    private static async Task<(int ExitCode, string Said)> RebuildAsync(ChaosHouse house)
    {
        var last = (ExitCode: 0, Said: "");
        await Until.HoldsAsync(async () => (last = await PracticeProcess.RunAsync("rebuild", "--data", house.Folder)) is not { ExitCode: 4 } refused
            || !refused.Said.Contains("Another rebuild is at work", StringComparison.Ordinal), "no other rebuild was at work");
        return last;
    }

    private static async Task<IReadOnlyList<string>> JudgeAsync(ChaosHouse house, Writers writers, Readers readers)
    {
        var now = new DateTimeOffset(
            await Verdict.NumberAsync(house.Source, "select (extract(epoch from now) * 10000000)::bigint from practice.rehearsal")
                + DateTimeOffset.UnixEpoch.Ticks,
            TimeSpan.Zero);
        var wrongs = new List<string>(writers.Refusals.Concat(readers.Odd).Concat(house.EndedByThemselves));
        wrongs.AddRange(await Verdict.FindAsync(house.Source, writers.Acknowledged));
        wrongs.AddRange(await Verdict.CompareAsync(house.Source, "the reader of the log", readers.Pulled, "select seq_id from public.mt_events order by seq_id"));
        wrongs.AddRange(await Verdict.CompareAsync(house.Source, "the listener to alerts", readers.Heard, "select position from practice.alert_feed order by position"));
        wrongs.AddRange(await Recompute.FindAsync(house.ConnectionString, now));

        var before = await Verdict.SumAsync(house.Source);
        var (exitCode, said) = await RebuildAsync(house);
        if (exitCode != 0 || await Verdict.SumAsync(house.Source) is var after && after != before)
        {
            wrongs.Add($"a rebuild changed something, exit code {exitCode}: {said}");
        }

        return wrongs;
    }
}
