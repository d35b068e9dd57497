namespace PracticeEvents.Benchmarks.Machine;

/// <summary>What was used up to some moment, or between two.</summary>
/// <param name="Statements">Statements that the database ran, each a round trip or part of one; nothing when the server does not count them.</param>
/// <param name="Allocated">Bytes that the program allocated.</param>
/// <param name="Own">Processor seconds of the program.</param>
/// <param name="Server">Processor seconds of PostgreSQL, in all its processes.</param>
internal sealed record Footprint(long? Statements, long Allocated, double Own, double Server)
{
    public static Footprint operator -(Footprint after, Footprint before) =>
        new(after.Statements - before.Statements, after.Allocated - before.Allocated, after.Own - before.Own, after.Server - before.Server);
}

/// <summary>What a row used, for the page's second table.</summary>
/// <param name="What">The row.</param>
/// <param name="Unit">One of what was counted, such as an event.</param>
/// <param name="Count">How many of them there were.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Used">What was used.</param>
internal sealed record Profile(string What, string Unit, double Count, double Seconds, Footprint Used)
{
    /// <summary>The share of the machine's processors that program and server kept busy, 0 to 1.</summary>
    public double Busy => (Used.Own + Used.Server) / (Seconds * Environment.ProcessorCount);
}
