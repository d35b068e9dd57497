using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Domain.Alerts;

/// <summary>What must reach a person at once, whatever they chose and however much they were sent that day: a decision that they must know
/// of, a breach of a regulation, of statutory guidance or of the rules of court, and a duty that nobody answers for. A breach of a local
/// standard is not among them.</summary>
public static class Urgency
{
    /// <summary>Stages of which a person is sent word by at least one way, where they have one: nobody can leave them out of what is for themselves.</summary>
    public static IReadOnlyList<AlertStage> Compulsory { get; } = [AlertStage.Overdue, AlertStage.Escalated, AlertStage.ToKnow];

    /// <summary>True for word of a stage that must not wait.</summary>
    /// <param name="stage">The stage reached.</param>
    /// <param name="rule">Rule id.</param>
    /// <param name="rules">The rules. One that is not among them any more is taken for law.</param>
    public static bool MustNotWait(AlertStage stage, string rule, RuleBook rules) => stage switch
    {
        AlertStage.ToKnow => true,
        AlertStage.Overdue or AlertStage.Escalated => rules.Find(rule) is not { Kind: RuleKind.LocalStandard } own || own.IsNotice,
        _ => false,
    };
}
