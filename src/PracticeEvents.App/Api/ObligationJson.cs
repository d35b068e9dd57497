using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Api;

/// <summary>A duty as the contract writes it.</summary>
internal sealed record ObligationJson(
    string Rule, string Title, Guid Occurrence, string StartedBy, string StartedOn, string? Due, DateOnly? PlanBy, Status Status, string? MetOn,
    ObligationSource Source, string? Because, IReadOnlyList<StepJson> Steps, IReadOnlyList<AnsweredJson>? Checklist)
{
    /// <summary>A duty at an instant.</summary>
    public static ObligationJson Of(Obligation duty, DateTimeOffset now) => new(
        duty.Rule.Id, duty.Rule.Title, duty.Occurrence, duty.StartedBy.EventId, duty.StartedOn.ToString(), duty.Due?.ToString(), duty.PlanBy,
        duty.StatusAt(now), duty.MetOn is { } met ? InLondon(met) : null, ObligationSource.Of(duty), duty.Because, StepJson.Of(duty.Steps()), AnsweredJson.Of(duty.Quality));

    private static string InLondon(Happened happened) => new DueDate(happened.Date, happened.At).ToString();
}

/// <summary>A question of quality: whether the record answers it, and whether the manager did at sign-off.</summary>
internal sealed record AnsweredJson(string Code, string Asks, bool InRecord, bool ByManager)
{
    /// <summary>The questions of a duty; nothing where its rule asks none.</summary>
    public static IReadOnlyList<AnsweredJson>? Of(IReadOnlyList<Answered> quality) =>
        quality.Count == 0 ? null : [.. quality.Select(a => new AnsweredJson(a.Question.Code, a.Question.Asks, a.InRecord, a.ByManager))];
}

/// <summary>Where a duty comes from.</summary>
internal sealed record ObligationSource(string Instrument, string Paragraph, string Kind, string Confidence, string Edition)
{
    /// <summary>The source of a duty's edition.</summary>
    public static ObligationSource Of(Obligation duty) => new(
        duty.Edition.Source.Instrument, duty.Edition.Source.Paragraph, EventName.Word(duty.Rule.Kind.ToString()),
        EventName.Word(duty.Rule.Confidence.ToString()), duty.Edition.Name);
}

/// <summary>One step of an explanation.</summary>
internal sealed record StepJson(string Text, IReadOnlyList<CountedDay>? Days)
{
    /// <summary>The steps of an explanation.</summary>
    public static IReadOnlyList<StepJson> Of(IReadOnlyList<Step> steps) => [.. steps.Select(s => new StepJson(s.Text, s.Days.Count == 0 ? null : s.Days))];
}
