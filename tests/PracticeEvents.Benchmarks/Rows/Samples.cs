using System.Globalization;
using PracticeEvents.App.Inputs;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>Events to measure with. Their bodies are about as large as those of life: 300 bytes.</summary>
internal static class Samples
{
    private const string DotNetType = "PracticeEvents.Domain.Events.VisitRecorded, PracticeEvents.Domain";

    private static long next;

    /// <summary>Where a rehearsal's clock starts: a Monday morning.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The London date of <see cref="Now"/>.</summary>
    public static DateOnly Today { get; } = new(2026, 3, 2);

    /// <summary>A body of 300 bytes.</summary>
    public static string Body { get; } =
        """{"child":"s20-00000","on":"2026-03-02","by":"w17","seen":true,"seenAlone":true,"purpose":"child_protection","note":""" + "\"" + new string('x', 180) + "\"}";

    /// <summary>An id that no other event of this run has.</summary>
    public static string Id() => string.Create(CultureInfo.InvariantCulture, $"b{Interlocked.Increment(ref next)}");

    /// <summary>An event for a stream, for measures of the store alone.</summary>
    public static NewEvent For(string stream) => new(stream, "visit_recorded", DotNetType, Body, "/bench", Id(), Now);

    /// <summary>An event of practice as the store takes it.</summary>
    public static NewEvent Of(PracticeEvent e) => new Incoming("/bench", Id(), e).ToNewEvent(Now, "bench");

    /// <summary>An event of one of many workers and of no child: nothing is worked out for it.</summary>
    public static NewEvent Supervision() => Of(new SupervisionHeld { Worker = $"bench-{Random.Shared.Next(5000)}", On = new(Today) });

    /// <summary>The next event of one of some children under a protection plan: each child's story goes from allocation last week by referral and conference, all in time,
    /// to the visits and core groups of today.</summary>
    public static PracticeEvent Story(long n, int children, DateOnly today, string prefix = "s")
    {
        var (child, step) = ($"{prefix}{n % children}", n / children);
        int[] daysAgo = [7, 7, 6, 1];
        var on = new Happened(today.AddDays(step < daysAgo.Length ? -daysAgo[step] : 0));
        return step switch
        {
            0 => new CaseAllocated { Child = child, On = on, Worker = $"w{n % 400}", Role = CaseRole.SocialWorker, Team = "t1" },
            1 => new ReferralReceived { Child = child, On = on, Ref = "r1" },
            2 => new StrategyDiscussionHeld { Child = child, On = on, Ref = "s1" },
            3 => new InitialConferenceHeld { Child = child, On = on, Outcome = ConferenceOutcome.Plan },
            _ when step % 3 == 0 => new CoreGroupHeld { Child = child, On = on },
            _ => new VisitRecorded { Child = child, On = on, Purpose = VisitPurpose.ChildProtection, Seen = true, SeenAlone = true },
        };
    }

    /// <summary>The story of one child, so that every kind of event in it has been sent before: the first of a kind has everybody looked at again.</summary>
    public static IReadOnlyList<NewEvent> OneOfEach() => [.. Enumerable.Range(0, 10).Select(step => Of(Story(step, 1, Today, "first")))];

    /// <summary>A team with its manager, and the one worker who is reviewing officer and conference chair, so that every alert has somebody to go to.</summary>
    public static IReadOnlyList<NewEvent> Structure() =>
    [
        Of(new TeamRegistered { Team = "t1", Service = "safeguarding", TeamManager = "tm-1", HeadOfService = "hos-1", On = new(Today.AddYears(-1)) }),
        Of(new WorkerRegistered { Worker = "tm-1", Roles = [Role.TeamManager], Team = "t1", On = new(Today.AddYears(-1)) }),
        Of(new WorkerRegistered { Worker = "iro-1", Roles = [Role.Iro, Role.CpChair], On = new(Today.AddYears(-1)) }),
    ];
}
