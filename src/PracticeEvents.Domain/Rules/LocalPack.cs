using System.Text.Json;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Rules;

/// <summary>What a council changes in a rule from a day on. Duties that started before keep what they started with.</summary>
public sealed record LocalChange
{
    /// <summary>Id of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>First London date on which duties start so.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Who decided it and why, a sentence.</summary>
    public required string Because { get; init; }

    /// <summary>Role that answers for it.</summary>
    public required Role Owner { get; init; }

    /// <summary>True when the council does without the rule. Only for local standards.</summary>
    public bool Off { get; init; }

    /// <summary>Another length; nothing to leave it.</summary>
    public Span? Within { get; init; }

    /// <summary>Other lengths for the second, third… of a repeating duty; empty to leave them.</summary>
    public IReadOnlyList<Span> ThenWithin { get; init; } = [];

    /// <summary>Whether the day of the start is day 1; nothing to leave it.</summary>
    public bool? StartIsDayOne { get; init; }

    /// <summary>Whether the council's closures are left out; nothing to leave it. Only for local standards.</summary>
    public bool? LocalClosures { get; init; }

    /// <summary>Who is told and when; empty to leave it.</summary>
    public IReadOnlyList<AlertStep> Alerts { get; init; } = [];

    /// <summary>The alert profile that <see cref="Alerts"/> was taken from; nothing when the change says for itself.</summary>
    public string? Profile { get; init; }

    /// <summary>Worked examples of the change.</summary>
    public IReadOnlyList<Example> Examples { get; init; } = [];

    /// <summary>The change's own text, as published.</summary>
    public required string Json { get; init; }

    /// <summary>Where it stands in its file, for messages.</summary>
    public required string Place { get; init; }

    /// <summary>The rule with the change: the edition in force on the day ends the day before, and another begins.</summary>
    public Rule To(Rule rule)
    {
        var before = rule.On(From) ?? throw new InvalidOperationException($"The rule {rule.Id} has no edition in force on {From:yyyy-MM-dd}.");
        var ended = before with { To = From.AddDays(-1) };
        var changed = before with
        {
            Name = $"{before.Name}, local from {From:yyyy-MM-dd}",
            From = From,
            Local = Because,
            Due = before.Due with
            {
                Within = Within ?? before.Due.Within,
                ThenWithin = ThenWithin.Count > 0 ? ThenWithin : before.Due.ThenWithin,
                StartIsDayOne = StartIsDayOne ?? before.Due.StartIsDayOne,
                LocalClosures = LocalClosures ?? before.Due.LocalClosures,
            },
            Alerts = Alerts.Count > 0 ? Alerts : before.Alerts,
            Profile = Alerts.Count > 0 ? Profile : before.Profile,
        };
        return rule with
        {
            Editions = [.. rule.Editions.Where(e => e != before), .. before.From < From ? [ended] : Array.Empty<Edition>(), .. Off ? [] : new[] { changed }],
            Examples = [.. rule.Examples, .. Examples],
            Json = $"{rule.Json}\n{Json}",
        };
    }
}

/// <summary>Reads what a council changes: <c>{"owner": "head_of_safeguarding", "changes": [ … ]}</c>.</summary>
public static class LocalPackReader
{
    /// <summary>Reads the changes of a pack.</summary>
    /// <param name="json">The text of the file.</param>
    /// <param name="profiles">The alert profiles that changes can name.</param>
    /// <param name="problems">Takes everything wrong with it, each beginning with its place in the file.</param>
    /// <param name="onTrial">True when nothing is put in force: then neither an owner nor examples are asked for.</param>
    public static IReadOnlyList<LocalChange> Read(string json, AlertProfiles profiles, List<string> problems, bool onTrial = false)
    {
        try
        {
            using var document = JsonDocument.Parse(json, RuleText.Strict);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                problems.Add("The file is not a JSON object.");
                return [];
            }

            var text = new RuleText(document.RootElement, "", problems);
            var owner = text.Has("owner") ? text.Word<Role>("owner") : default;
            if (!text.Has("owner") && !onTrial)
            {
                text.Wrong("owner", "is missing: say which role answers for this pack.");
            }

            var changes = text.List("changes", c => Change(c, owner, profiles, onTrial));
            text.NothingElse();
            return changes;
        }
        catch (JsonException e)
        {
            problems.Add(RuleText.Unreadable(e));
            return [];
        }
    }

    private static LocalChange Change(RuleText text, Role owner, AlertProfiles profiles, bool onTrial)
    {
        var profile = text.OptionalText("profile");
        var change = new LocalChange
        {
            Rule = text.Text("rule"),
            From = text.Date("from"),
            Because = text.Text("because"),
            Owner = text.Has("owner") ? text.Word<Role>("owner") : owner,
            Off = text.Flag("off"),
            Within = text.Has("within") ? text.Span("within") : null,
            ThenWithin = [.. text.Texts("thenWithin").Select(t => Length(text, t))],
            StartIsDayOne = text.Has("startIsDayOne") ? text.Flag("startIsDayOne") : null,
            LocalClosures = text.Has("localClosures") ? text.Flag("localClosures") : null,
            Profile = profile,
            Alerts = profile is null ? text.List("alerts", StepReader.Read) : profiles.Find(profile) ?? [],
            Examples = text.List("examples", ExampleReader.Read),
            Json = text.Raw,
            Place = text.Path,
        };
        if (profile is not null && profiles.Find(profile) is null)
        {
            text.Wrong("profile", $"there is no alert profile \"{profile}\".");
        }

        if (profile is not null && text.Has("alerts"))
        {
            text.Wrong("profile", "stands alone: say a profile, or the alerts themselves.");
        }

        if (!change.Off && change is { Within: null, ThenWithin.Count: 0, StartIsDayOne: null, LocalClosures: null } && change.Alerts.Count == 0)
        {
            text.Wrong("rule", "nothing is changed: say within, thenWithin, startIsDayOne, localClosures, profile, alerts or off.");
        }

        if (!change.Off && !onTrial && change.Examples.Count == 0)
        {
            text.Wrong("examples", "is missing: show with one worked example what the change does.");
        }

        return change;
    }

    private static Span Length(RuleText text, string value)
    {
        if (!Span.TryParse(value, out var span))
        {
            text.Wrong("thenWithin", $"\"{value}\" is not a length such as \"6 months\".");
        }

        return span;
    }
}
