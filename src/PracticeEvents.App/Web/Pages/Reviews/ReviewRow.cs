using PracticeEvents.App.Api;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Web.Pages.Reviews;

/// <summary>A review cycle on the tracker. Before the first review there is no mid-point, and the columns that rest on one are empty.</summary>
internal sealed record ReviewRow(
    string Child, string Cycle, string? Iro, string? Chair, DateOnly? LastReview, DateOnly? NextDue, Status NextStatus, DateOnly? HalfWay, Status? Check, DateOnly? CheckedOn,
    string? ActionsDone, string? HeardFromChild, string? Challenge, DateOnly? ChallengedOn, DateOnly? AnsweredOn)
{
    private const string LookedAfter = "looked_after";
    private const string ChildProtection = "child_protection";

    /// <summary>The cycles, by code, with their words.</summary>
    public static readonly IReadOnlyDictionary<string, string> Cycles =
        new Dictionary<string, string> { [LookedAfter] = "Looked-after review", [ChildProtection] = "Review conference" };

    /// <summary>True while a challenge waits for its answer.</summary>
    public bool IsUnanswered => ChallengedOn is not null && AnsweredOn is null;

    /// <summary>True when the reader is the reviewing officer or chair of this cycle.</summary>
    public bool IsOf(string worker) => (Cycle == LookedAfter ? Iro : Chair) == worker;

    /// <summary>Every open cycle of a picture: those with a mid-point, then first reviews that have none.</summary>
    public static IReadOnlyList<ReviewRow> Of(Picture picture, RuleBook rules, DateTimeOffset now)
    {
        var halved = MidPointJson.Of(picture, now).Select(Of).ToList();
        var known = halved.Select(r => (r.Child, r.Cycle)).ToHashSet();
        var children = picture.Children.ToDictionary(c => c.Child);
        var first =
            from duty in picture.Duties
            where duty.Outcome is Outcome.Open
            let cycle = CycleOf(rules.Find(duty.Rule))
            where cycle is not null && !known.Contains((duty.Child, cycle))
            select Of(children[duty.Child], cycle, duty, picture.Unmonitored.Contains(duty.Child) ? Status.CannotTell : duty.StatusAt(now));
        return [.. halved, .. first];
    }

    private static ReviewRow Of(MidPointJson m) => new(
        m.Child, m.Cycle, m.Iro, m.Chair, m.LastReview, m.NextDue, m.NextStatus, m.HalfWay, m.Status, m.CheckedOn, m.ActionsDone, m.HeardFromChild, m.Challenge,
        m.ChallengedOn, m.AnsweredOn);

    private static ReviewRow Of(ChildRow child, string cycle, ObligationRow duty, Status status) => new(
        child.Child, cycle, child.Iro, child.CpChair, null, duty.Due, status, null, null, null, null, null, null, null, null);

    private static string? CycleOf(Rule? rule) => rule?.Editions[^1].MetBy.Select(t => t.Kind.Record).FirstOrDefault() switch
    {
        var met when met == typeof(LookedAfterReviewHeld) => LookedAfter,
        var met when met == typeof(ReviewConferenceHeld) => ChildProtection,
        _ => null,
    };
}
