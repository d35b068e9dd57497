using PracticeEvents.App.Alerts;
using PracticeEvents.App.Process;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Api;

/// <summary>Why an alert was raised: the events, the days counted, the edition and the paragraph, and how its stages were timed.</summary>
internal sealed record WhyAlertJson(AlertJson Alert, ObligationJson? Obligation, IReadOnlyList<FactJson> Facts, IReadOnlyList<StageJson> Stages, string Summary)
{
    /// <summary>The reasons as they stand now.</summary>
    public static WhyAlertJson Of(AlertJson json, ChildPicture? child, AlertState alert, DateTimeOffset now)
    {
        var duty = child?.Duties.FirstOrDefault(d => d.Rule.Id == alert.Rule && d.Occurrence == alert.Occurrence);
        var facts = child is null || duty is null ? []
            : child.Recorded.Where(f => f.Id == duty.StartedBy.Id || f.Id == duty.EndedBy?.Id).Select(FactJson.Of).ToList();
        return new WhyAlertJson(
            json, duty is null ? null : ObligationJson.Of(duty, now), facts,
            StageJson.Of(duty),
            alert.WithdrawnBecause ?? (duty is null ? "The record that this rested on was corrected or withdrawn."
                : $"{json.Title} {(duty.Due?.LateFrom <= now ? "was" : "is")} due on {json.DueInWords}. "
                    + $"You are told as {EventName.Word(alert.Role.ToString()).Replace('_', ' ')}."));
    }
}

/// <summary>A fact behind an explanation.</summary>
internal sealed record FactJson(string Type, string EventId, string Source, string On, DateTimeOffset RecordedAt, DateTimeOffset ReceivedAt)
{
    /// <summary>A fact.</summary>
    public static FactJson Of(Fact f) => new(f.Type, f.EventId, f.Source, f.On.ToString(), f.RecordedAt, f.ReceivedAt);
}

/// <summary>A stage of an alert profile at its instant.</summary>
internal sealed record StageJson(AlertStage Stage, DateTimeOffset At, IReadOnlyList<Role> To)
{
    /// <summary>The stages of a duty, the earliest first.</summary>
    public static IReadOnlyList<StageJson> Of(Obligation? duty) => duty is null ? [] : [.. duty.Nudges.Select(n => new StageJson(n.Step.Stage, n.At, [.. n.Step.To]))];
}

/// <summary>Why a rule does or does not apply to a child.</summary>
/// <param name="Rule">Rule id.</param>
/// <param name="Title">Its short name.</param>
/// <param name="Applies">True when the rule has an open duty for the child.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Conditions">Every condition in turn, with whether it holds.</param>
/// <param name="FirstFailing">The first that does not hold; nothing when the rule applies.</param>
/// <param name="Obligations">The rule's duties for the child, if any, the latest last.</param>
/// <param name="Stages">Who is told of the duty that is open, and when; empty when none is.</param>
internal sealed record WhyRuleJson(
    string Rule, string Title, bool Applies, string Summary, IReadOnlyList<Finding> Conditions, Finding? FirstFailing, IReadOnlyList<ObligationJson> Obligations,
    IReadOnlyList<StageJson> Stages)
{
    /// <summary>The reasons at an instant.</summary>
    public static WhyRuleJson Of(Rule rule, ChildPicture child, RuleBook rules, DateTimeOffset now)
    {
        var duties = child.Duties.Where(d => d.Rule.Id == rule.Id).ToList();
        var findings = WhyRule.Of(rule, child.History, duties, rules.Calendar, now, rules.IsFed(rule));
        var failing = findings.FirstOrDefault(f => !f.Holds);
        return new WhyRuleJson(
            rule.Id, rule.Title, failing is null, failing is null ? $"{rule.Title} is running for this child." : failing.Text, findings, failing,
            [.. duties.Select(d => ObligationJson.Of(d, now))], StageJson.Of(duties.LastOrDefault(d => d.Outcome is Outcome.Open)));
    }
}
