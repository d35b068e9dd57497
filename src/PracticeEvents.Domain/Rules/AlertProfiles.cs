using System.Text.Json;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Rules;

/// <summary>Alert profiles by name: who is told what and when, for the rules that say no more than the name. All their numbers are local defaults.</summary>
public sealed class AlertProfiles
{
    private readonly Dictionary<string, IReadOnlyList<AlertStep>> steps;

    private AlertProfiles(Dictionary<string, IReadOnlyList<AlertStep>> steps, string json) => (this.steps, Json) = (steps, json);

    /// <summary>No profiles: every rule says for itself who is told.</summary>
    public static AlertProfiles None { get; } = new([], "");

    /// <summary>The file's own text, as published.</summary>
    public string Json { get; }

    /// <summary>Names of all profiles.</summary>
    public IEnumerable<string> Names => steps.Keys;

    /// <summary>The steps of a profile; nothing when there is none of that name.</summary>
    public IReadOnlyList<AlertStep>? Find(string name) => steps.GetValueOrDefault(name);

    /// <summary>These profiles with others laid over them: of two with one name the other's counts.</summary>
    public AlertProfiles With(AlertProfiles others) =>
        new(new Dictionary<string, IReadOnlyList<AlertStep>>(steps.Concat(others.steps).GroupBy(s => s.Key).Select(g => g.Last()), StringComparer.Ordinal), Json + others.Json);

    /// <summary>Reads profiles: <c>{"FRONT": {"about": "…", "alerts": [ … ]}}</c>.</summary>
    /// <param name="json">The text of the file.</param>
    /// <param name="problems">Takes everything wrong with it.</param>
    public static AlertProfiles Read(string json, List<string> problems)
    {
        try
        {
            using var document = JsonDocument.Parse(json, RuleText.Strict);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                problems.Add("The file is not a JSON object.");
            }

            var text = new RuleText(document.RootElement, "", problems);
            var all = new Dictionary<string, IReadOnlyList<AlertStep>>(StringComparer.Ordinal);
            foreach (var profile in text.Others().ToList())
            {
                all[profile.Name] = text.Object(profile.Name, p =>
                {
                    p.Text("about");
                    return p.List("alerts", StepReader.Read);
                }) ?? [];
            }

            return new AlertProfiles(all, json);
        }
        catch (JsonException e)
        {
            problems.Add(RuleText.Unreadable(e));
            return None;
        }
    }
}

/// <summary>Reads a step of an alert profile.</summary>
internal static class StepReader
{
    public static AlertStep Read(RuleText text)
    {
        var (timing, span, share) =
            text.Has("before") ? (StepTiming.Before, text.Span("before"), 0)
            : text.Has("after") ? (StepTiming.After, text.Span("after"), 0)
            : text.Has("share") ? (StepTiming.Share, default, text.Share("share"))
            : (text.Word<StepTiming>("at"), default(Timescales.Span), 0d);
        if (timing is StepTiming.Before or StepTiming.After or StepTiming.Share && text.Has("at"))
        {
            text.Wrong("at", "can only be start, plan_by or due, and stands alone.");
        }

        return new AlertStep(text.Word<AlertStage>("stage"), timing, span, share, text.Words<Role>("to"));
    }
}
