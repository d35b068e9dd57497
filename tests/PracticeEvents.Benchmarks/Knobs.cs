using System.Globalization;

namespace PracticeEvents.Benchmarks;

/// <summary>What can be made shorter, smaller or left out by the environment. The defaults are those of a real run.</summary>
internal static class Knobs
{
    /// <summary>How often each row is measured; the page shows medians. BENCH_RUNS.</summary>
    public static int Runs => Number("BENCH_RUNS", 3);

    /// <summary>How long a steady load lasts. BENCH_SECONDS.</summary>
    public static TimeSpan Steady => TimeSpan.FromSeconds(Number("BENCH_SECONDS", 60));

    /// <summary>How long a measure of speed lasts: ten seconds, or less when the steady load is shorter.</summary>
    public static TimeSpan Burst => Steady < TimeSpan.FromSeconds(10) ? Steady : TimeSpan.FromSeconds(10);

    /// <summary>How long an idle service is watched: half a minute, or less when the steady load is shorter.</summary>
    public static TimeSpan Idle => Steady < TimeSpan.FromSeconds(30) ? Steady : TimeSpan.FromSeconds(30);

    /// <summary>How long it is watched for its memory, six times as long: what the start leaves behind is given back bit by bit.</summary>
    public static TimeSpan LongIdle => Idle * 6;

    /// <summary>Events stored when growth is measured for the last time. BENCH_GROWTH.</summary>
    public static int Growth => Number("BENCH_GROWTH", 1_000_000);

    /// <summary>Obligations that fall due in one second. BENCH_STORM.</summary>
    public static int Storm => Number("BENCH_STORM", 100_000);

    /// <summary>Live streams that are open in the storm of everything at once. BENCH_STREAMS.</summary>
    public static int Streams => Number("BENCH_STREAMS", 2000);

    /// <summary>Timers that are pending when many are. BENCH_TIMERS.</summary>
    public static int Timers => Number("BENCH_TIMERS", 2_000_000);

    /// <summary>Children with an open case in the authority that is imported; each brings some 300 events. BENCH_CHILDREN.</summary>
    public static int Children => Number("BENCH_CHILDREN", 1000);

    /// <summary>Events of the large run. BENCH_LARGE.</summary>
    public static int Large => Number("BENCH_LARGE", 10_000_000);

    /// <summary>Children with an open case in the authority that lives through a year. YEAR_CHILDREN.</summary>
    public static int YearChildren => Number("YEAR_CHILDREN", 2600);

    /// <summary>Timers that a peer and ours fire. BENCH_PEER_TIMERS.</summary>
    public static int PeerTimers => Number("BENCH_PEER_TIMERS", 20_000);

    /// <summary>Whether peers are measured beside. BENCH_PEERS=0 leaves them out.</summary>
    public static bool Peers => Number("BENCH_PEERS", 1) != 0;

    /// <summary>The rows to measure, by their words; empty for all. BENCH_ROWS, parted by commas.</summary>
    public static IReadOnlyList<string> Rows { get; } =
        (Environment.GetEnvironmentVariable("BENCH_ROWS") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int Number(string name, int usual) => Environment.GetEnvironmentVariable(name) is not { Length: > 0 } said ? usual
        : int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new BenchException($"{name} wants a whole number, not \"{said}\".");
}

/// <summary>Something that a measure needs is missing or went wrong; the message is a sentence.</summary>
internal sealed class BenchException(string message) : Exception(message);
