using System.Diagnostics;

namespace PracticeEvents.App.Synthetic;

/// <summary>Lays out the dates of one episode. Cheap, so that thousands of closed cases can be passed over to find the open ones.</summary>
internal static class EpisodeOutline
{
    /// <summary>The dates of an episode that starts with a referral.</summary>
    /// <param name="diary">The authority's diary.</param>
    /// <param name="random">The family's luck.</param>
    /// <param name="start">Number, route and referral.</param>
    /// <param name="length">Place in the distribution of lengths of the plan or stay.</param>
    /// <param name="pace">Place in the distributions of assessment lengths and conference waits.</param>
    public static Episode Of(Diary diary, SplitMix random, Episode start, int length, int pace)
    {
        if (start.Route is Route.NoFurtherAction)
        {
            return start with { Closed = diary.After(start.Referred, 1) };
        }

        var begun = diary.After(start.Referred, random.Below(10) < 6 ? 1 : 2);
        var assessment = new Span(begun, diary.After(begun, NationalFigures.AssessmentDays.At(pace)));
        var assessed = start with
        {
            Drifts = random.Chance(60),
            Assessment = assessment,
            Closed = diary.After(assessment.To, random.Between(1, 6)),
        };
        return start.Route switch
        {
            Route.NoFurtherAction or Route.NotInNeed or Route.InNeedThenClosed => assessed,
            Route.EnquiryThenClosed => assessed with { Strategy = StrategyAfter(diary, random, start.Referred) },
            Route.EnquiryThenPlan => WithNeed(diary, random, assessed with { Strategy = StrategyAfter(diary, random, start.Referred) },
                assessment.To, NationalFigures.NeedPlanDays.At(length)),
            Route.ChildInNeedPlan => WithNeed(diary, random, assessed, assessment.To, NationalFigures.NeedPlanDays.At(length)),
            Route.Conference => WithConference(diary, random, assessed, length, pace),
            Route.Care => WithCare(diary, random, assessed, diary.After(start.Referred, random.Between(2, 25)), length),
            _ => throw new UnreachableException(),
        };
    }

    private static DateOnly StrategyAfter(Diary diary, SplitMix random, DateOnly referred) => diary.After(referred, random.Between(1, 4));

    private static Episode WithNeed(Diary diary, SplitMix random, Episode episode, DateOnly from, int days)
    {
        var to = diary.OnOrAfter(from.AddDays(days));
        var need = episode with { Need = new Span(from, to), Closed = diary.After(to, random.Between(2, 10)) };
        return days > 150 && random.Chance(40) ? WithCare(diary, random, need, diary.After(to, 1), random.Below(Bands.Whole)) : need;
    }

    private static Episode WithConference(Diary diary, SplitMix random, Episode episode, int length, int pace)
    {
        var strategy = StrategyAfter(diary, random, episode.Referred);
        var conference = diary.After(strategy, NationalFigures.ConferenceDays.At((pace + (length * 7)) % Bands.Whole));
        var enquired = episode with { Strategy = strategy, Conference = conference };
        if (random.Chance(140))
        {
            return WithNeed(diary, random, enquired, Later(conference, episode.Assessment!.Value.To),
                NationalFigures.NeedPlanDays.At(length));
        }

        var ends = diary.OnOrAfter(conference.AddDays(NationalFigures.ProtectionPlanDays.At(length)));
        var planned = enquired with { Protection = new Span(conference, ends) };
        var lasts = ends.DayNumber - conference.DayNumber;
        if (lasts > 120 && random.Chance(200))
        {
            return WithCourt(diary, random, planned, lasts);
        }

        var settled = Later(ends, episode.Assessment!.Value.To);
        return random.Chance(620)
            ? WithNeed(diary, random, planned, settled, random.Between(90, 180))
            : planned with { Closed = diary.After(settled, random.Between(3, 15)) };
    }

    private static Episode WithCourt(Diary diary, SplitMix random, Episode episode, int planDays)
    {
        var plan = episode.Protection!.Value;
        var gateway = diary.OnOrAfter(plan.From.AddDays(random.Between(30, planDays - 70)));
        var ends = diary.OnOrAfter(gateway.AddDays(random.Between(42, 150)));
        if (random.Chance(550))
        {
            // Kept out of court: pre-proceedings end and the plan goes on for a while.
            var to = diary.OnOrAfter(Later(plan.To, ends.AddDays(21)));
            var kept = episode with { Protection = plan with { To = to }, Court = new(gateway, ends, null, null) };
            return WithNeed(diary, random, kept, to, random.Between(90, 180));
        }

        var issued = diary.After(ends, random.Between(2, 12));
        var inCare = diary.After(issued, random.Between(3, 8));
        var concluded = diary.OnOrAfter(issued.AddDays(random.Between(150, 290)));
        var court = episode with { Court = new(gateway, ends, issued, concluded), Protection = plan with { To = inCare } };
        var stayed = WithCare(diary, random, court, inCare, random.Below(Bands.Whole));
        var leaves = diary.OnOrAfter(Later(stayed.Care!.Value.To, concluded.AddDays(3)));
        return stayed with { Care = new Span(inCare, leaves), Closed = Later(stayed.Closed, diary.After(leaves, 5)) };
    }

    private static Episode WithCare(Diary diary, SplitMix random, Episode episode, DateOnly from, int length)
    {
        var to = diary.OnOrAfter(from.AddDays(NationalFigures.CareDays.At(length)));
        var agesOut = random.Chance(150);
        var closed = agesOut ? to.AddDays(random.Between(700, 1095)) : to.AddDays(random.Between(10, 60));
        var assessed = episode.Assessment!.Value.To;
        return episode with { Care = new Span(from, to), AgesOut = agesOut, Closed = diary.After(Later(closed, assessed), 1) };
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
