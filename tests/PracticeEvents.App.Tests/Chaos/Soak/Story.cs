using System.Globalization;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>One post of a sender.</summary>
/// <param name="Node">The node that it goes to first.</param>
/// <param name="Events">Its events with their ids.</param>
internal sealed record Post(int Node, IReadOnlyList<(string Id, PracticeEvent Event)> Events);

/// <summary>What senders send, worked out from a seed: events of many children that start, meet and end many duties, in an order that no case system would send them in,
/// one by one and in batches, and one post in five twice.</summary>
internal static class Story
{
    private const int ChildrenAtOnce = 4;
    private const int StepsOfChild = 15;
    private const int Workers = 9;

    private static readonly DateOnly First = new(2025, 8, 4);

    /// <summary>All posts, without end. The same seed gives the same.</summary>
    public static IEnumerable<Post> Posts(int seed)
    {
        for (var block = 0; ; block++)
        {
            foreach (var post in Posts(new Random(unchecked((seed * 397) + block)), block))
            {
                yield return post;
            }
        }
    }

    /// <summary>The teams and those who lead them.</summary>
    public static Post Structure { get; } = new(0, [.. Enumerable.Range(0, 3).Select(t => ($"t{t}", (PracticeEvent)new TeamRegistered
    {
        Team = string.Create(CultureInfo.InvariantCulture, $"t{t}"),
        On = new(First),
        Service = "safeguarding",
        TeamManager = $"tm{t}",
        HeadOfService = "hos",
    }))]);

    private static List<Post> Posts(Random random, int block)
    {
        var events = Enumerable.Range(block * ChildrenAtOnce, ChildrenAtOnce).SelectMany(child => Child(random, child)).ToArray();
        if (block % 30 == 1)
        {
            events[^1] = ($"w{block}", new WorkerRegistered { Worker = $"sw{block % Workers}", On = new(First), Roles = [Role.SocialWorker] });
        }

        random.Shuffle(events);
        var posts = new List<Post>();
        for (var next = 0; next < events.Length;)
        {
            var take = Math.Min(events.Length - next, random.Next(4) == 0 ? random.Next(3, 11) : 1);
            posts.Add(new Post(random.Next(1000), events[next..(next + take)]));
            next += take;
        }

        foreach (var again in posts.Where(_ => random.Next(5) == 0).ToList())
        {
            posts.Insert(random.Next(posts.Count + 1), again with { Node = again.Node + 1 });
        }

        return posts;
    }

    private static IEnumerable<(string Id, PracticeEvent Event)> Child(Random random, int number)
    {
        var (child, begins) = ($"c{number}", First.AddDays(random.Next(190)));
        for (var step = 0; step < StepsOfChild; step++)
        {
            yield return ($"c{number}.{step}", Event(child, step, new(begins.AddDays(step)), random));
        }
    }

    private static PracticeEvent Event(string child, int step, Happened on, Random random) => step switch
    {
        0 => new CaseAllocated { Child = child, On = new(First), Role = CaseRole.SocialWorker, Worker = $"sw{random.Next(Workers)}", Team = $"t{random.Next(3)}" },
        1 => new ReferralReceived { Child = child, On = on, Ref = "r1" },
        2 => new ReferralDecided { Child = child, On = on, Ref = "r1", Outcome = ReferralOutcome.Assessment },
        3 => new StrategyDiscussionHeld { Child = child, On = on, Ref = "s1" },
        4 or 5 => new InitialConferenceHeld { Child = child, On = on, Outcome = ConferenceOutcome.Plan },
        6 or 7 => new CoreGroupHeld { Child = child, On = on },
        8 or 9 => new VisitRecorded { Child = child, On = on, Purpose = VisitPurpose.ChildProtection, Seen = true },
        10 => new BecameLookedAfter { Child = child, On = on, LegalStatus = "s20" },
        11 => new PlacementStarted { Child = child, On = on, PlacementType = "foster", Approval = PlacementApproval.Full },
        12 => new LookedAfterReviewHeld { Child = child, On = on },
        13 => new LegalGatewayHeld { Child = child, On = on, Ref = "g1", Decision = GatewayDecision.PreProceedings },
        _ => new ReviewConferenceHeld { Child = child, On = on, Outcome = random.Next(2) == 0 ? ReviewConferenceOutcome.Continue : ReviewConferenceOutcome.End },
    };
}
