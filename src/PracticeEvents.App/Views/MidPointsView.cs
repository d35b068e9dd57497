using PracticeEvents.App.Process;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Views;

/// <summary>Each review cycle with its mid-point: for independent reviewing officers and conference chairs.</summary>
internal sealed class MidPointsView : View<MidPointRow>
{
    public override string Name => "mid_points";

    public override IReadOnlyList<string> Key => ["child", "rule", "occurrence"];

    /// <summary>The cycles that run, and those closed since without another.</summary>
    public static readonly Part<MidPointRow> Running = new($"current", row => row.Current);

    protected override IReadOnlyList<ViewIndex> FoundBy => [new("mid_points_current", $"(child) where {Running.Sql}")];

    public override IEnumerable<MidPointRow> Rows(ChildPicture child)
    {
        var challenge = child.History.Of(EventCatalogue.Kind<ChallengeRaised>()) is [.., var last] ? last : null;
        var answered = challenge is null ? null : child.History.Of(EventCatalogue.Kind<ChallengeAnswered>()).LastOrDefault(f => f.On.Date >= challenge.On.Date);
        var rounds = child.Duties.Where(d => d.Edition.Cycle is not null && d.Calculation.CycleEnds is not null).ToList();
        var current = rounds.GroupBy(d => d.Edition.Cycle).Select(cycle => cycle.MaxBy(d => d.StartedOn.Date)!).Where(last => IsRunning(last, child)).ToList();
        foreach (var d in rounds)
        {
            var check = d.EndedBy?.Event as MidPointRecorded;
            yield return new MidPointRow(
                child.Child, d.Edition.Cycle!, d.Rule.Id, d.Occurrence, d.StartedOn.Date, d.Calculation.CycleEnds!.Value, d.Due!.Value.Date, d.Outcome, d.MetOn?.Date,
                d.MetLate, d.SoonFrom ?? (d.Nudges is [var first, ..] ? first.At : null), d.Due.Value.LateFrom, d.Because,
                Word(check?.ActionsDone), Word(check?.PlanStillRight), Word(check?.HeardFromChild), check?.PreProceedingsReviewed,
                challenge is null ? null : ((ChallengeRaised)challenge.Event).Stage, challenge?.On.Date, answered?.On.Date,
                current.Exists(c => ReferenceEquals(c, d)));
        }
    }

    // The review that ends the cycle is still to come, or its duty is gone.
    private static bool IsRunning(Obligation half, ChildPicture child) => child.Duties.FirstOrDefault(
        d => d.Occurrence == half.Occurrence && d.Rule.Id != half.Rule.Id && !d.Edition.IsNotice && d.Due?.Date >= half.Due!.Value.Date) is null or { Outcome: Outcome.Open };

    private static string? Word(CheckAnswer? answer) => answer is { } a ? EventName.Word(a) : null;
}

/// <summary>A cycle with its mid-point as the view keeps it. <c>Current</c>: the latest of its kind, and the review that ends it is not held.</summary>
internal sealed record MidPointRow(
    string Child, string Cycle, string Rule, Guid Occurrence, DateOnly LastReview, DateOnly NextDue, DateOnly HalfWay, Outcome Outcome, DateOnly? CheckedOn,
    bool CheckedLate, DateTimeOffset? SoonFrom, DateTimeOffset LateFrom, string? Because, string? ActionsDone, string? PlanStillRight, string? HeardFromChild,
    bool? PreProceedingsReviewed, string? ChallengeStage, DateOnly? ChallengedOn, DateOnly? AnsweredOn, bool Current)
{
    /// <summary>The status of the mid-point check at an instant.</summary>
    public Status StatusAt(DateTimeOffset now) => Standing.At(Outcome, CheckedLate, SoonFrom, LateFrom, now);
}
