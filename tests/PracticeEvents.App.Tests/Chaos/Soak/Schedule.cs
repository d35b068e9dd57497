namespace PracticeEvents.App.Tests.Chaos;

/// <summary>Ways to harm a running service.</summary>
internal enum Harm
{
    /// <summary>A node ends as by <c>kill -9</c> and another is started in its place.</summary>
    KillNode,

    /// <summary>A node stands still, as on a machine that swaps or a virtual one that is moved, and goes on later believing what it believed.</summary>
    PauseNode,

    /// <summary>PostgreSQL ends at once, as by a power cut.</summary>
    StopDatabase,

    /// <summary>The clock of one node is moved forward; the others hear of it later.</summary>
    MoveClock,
}

/// <summary>One thing that is done to the service.</summary>
/// <param name="At">When, from the first post on.</param>
/// <param name="Harm">What.</param>
/// <param name="Node">To which node; for the database, none in particular.</param>
/// <param name="For">How long a pause lasts.</param>
/// <param name="To">How far from its start the clock is moved.</param>
internal sealed record Fault(TimeSpan At, Harm Harm, int Node, TimeSpan For = default, TimeSpan To = default)
{
    public override string ToString() => Harm switch
    {
        Harm.PauseNode => $"{At:mm\\:ss\\.f} node {Node} stands still for {For.TotalSeconds:0.0} s",
        Harm.MoveClock => $"{At:mm\\:ss\\.f} the clock of node {Node} is moved to {To.TotalDays:0.00} days after the start",
        Harm.KillNode => $"{At:mm\\:ss\\.f} node {Node} is killed",
        _ => $"{At:mm\\:ss\\.f} the database is stopped",
    };
}

/// <summary>What is done to the service, worked out beforehand from a seed: one seed, one schedule.</summary>
internal static class Schedule
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(50);

    // In every turn, in an order of its own. More than one clock move, so that timers fall due while the rest happens.
    private static readonly Harm[] EveryTurn = [Harm.KillNode, Harm.PauseNode, Harm.StopDatabase, Harm.MoveClock, Harm.KillNode, Harm.MoveClock, Harm.MoveClock];

    /// <summary>The faults of a run, in order of time.</summary>
    public static IReadOnlyList<Fault> Of(int seed, TimeSpan length, int nodes)
    {
        var random = new Random(seed);
        var turns = Math.Max(1, (int)(length / Turn));
        var apart = Turn / EveryTurn.Length;
        var faults = new List<Fault>();
        var clock = TimeSpan.Zero;
        for (var turn = 0; turn < turns; turn++)
        {
            var harms = EveryTurn.ToArray();
            random.Shuffle(harms);
            for (var n = 0; n < harms.Length; n++)
            {
                var at = (Turn * turn) + (apart * (n + (0.8 * random.NextDouble())));
                var node = random.Next(nodes);
                clock += harms[n] is Harm.MoveClock ? TimeSpan.FromHours(24 + random.Next(72)) : TimeSpan.Zero;

                // Longer than a node counts as alive. Once in a long run so long that its transactions are cut off as well.
                var pause = turns > 4 && turn == turns / 2 ? 60 : 9 + (3 * random.NextDouble());
                faults.Add(harms[n] switch
                {
                    Harm.PauseNode => new Fault(at, Harm.PauseNode, node, For: TimeSpan.FromSeconds(pause)),
                    Harm.MoveClock => new Fault(at, Harm.MoveClock, node, To: clock),
                    var harm => new Fault(at, harm, node),
                });
            }
        }

        return faults;
    }
}
