using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;
using Xunit;
using AllDuties = PracticeEvents.Domain.Timescales.Obligations;

namespace PracticeEvents.Domain.Tests.Histories;

/// <summary>A council's own review runs beside the statutory one, from the same conference, and the mid-point follows both.</summary>
public sealed class CyclesWithOneBeginningTests
{
    private static readonly Rule Statutory = Facts.Rules.Find("cp-review-first-3m")!;

    // Ten weeks in place of three months, and held when the child in need review is.
    private static readonly Rule Own = Statutory with
    {
        Id = "own-review-10w",
        Editions =
        [
            .. Statutory.Editions.Select(e => e with
            {
                MetBy = [new Trigger(EventCatalogue.Kind<ChildInNeedReviewHeld>(), [])],
                Due = e.Due with { Within = new Span(10, SpanUnit.Weeks) },
            }),
        ],
    };

    private static readonly Rule Check = Facts.Rules.Find("cp-midpoint")! is var rule
        ? rule with { Editions = [.. rule.Editions.Select(e => e with { Follows = [.. e.Follows, Own.Id] })] } : rule;

    private static readonly RuleBook Both = new([.. Facts.Rules.All.Select(r => r.Id == Check.Id ? Check : r), Own], Facts.Rules.Calendar);

    [Fact]
    public void They_have_one_mid_point_which_is_that_of_the_cycle_that_ends_first()
    {
        var duties = DutiesAfter(new InitialConferenceHeld { Child = Facts.Child, On = new(new(2026, 1, 12)), Outcome = ConferenceOutcome.Plan });

        Assert.Equal(2, duties.Count(d => d.Rule.Id == Own.Id || d.Rule.Id == Statutory.Id));
        Assert.Equal(new DateOnly(2026, 2, 16), Assert.Single(duties, d => d.Rule.Id == Check.Id).Due!.Value.Date);
    }

    [Fact]
    public void A_check_that_one_of_them_had_counts_although_the_other_ended_without_one_before()
    {
        var duties = DutiesAfter(
            new InitialConferenceHeld { Child = Facts.Child, On = new(new(2026, 1, 12)), Outcome = ConferenceOutcome.Plan },
            new ChildInNeedReviewHeld { Child = Facts.Child, On = new(new(2026, 2, 2)) },
            new MidPointRecorded { Child = Facts.Child, On = new(new(2026, 2, 10)), Cycle = MidPointCycle.ChildProtection });

        Assert.Equal(Outcome.Met, Assert.Single(duties, d => d.Rule.Id == Check.Id).Outcome);
    }

    private static IReadOnlyList<Obligation> DutiesAfter(params PracticeEvent[] events) =>
        AllDuties.For(History.Of(events.Select((e, n) => Facts.Of(e, "/cms", $"e{n}", new(2026, 3, 1, 9, n, 0, TimeSpan.Zero)))), Both);
}
