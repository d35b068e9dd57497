using System.Text.Json;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Rules;

/// <summary>A rule read from its file, or everything wrong with the file.</summary>
/// <param name="Rule">The rule; nothing when there are problems.</param>
/// <param name="Problems">Each one names the member and says what is wanted.</param>
public sealed record RuleReading(Rule? Rule, IReadOnlyList<string> Problems);

/// <summary>Reads rule files. A rule without a source, an ending or an example does not load.</summary>
public static class RuleReader
{

    /// <summary>Reads a rule from the text of its file.</summary>
    /// <param name="json">The text.</param>
    /// <param name="profiles">The alert profiles that rules can name; nothing when there are none.</param>
    public static RuleReading Read(string json, AlertProfiles? profiles = null)
    {
        try
        {
            using var document = JsonDocument.Parse(json, RuleText.Strict);
            var problems = new List<string>();
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                return new RuleReading(null, ["The file is not a JSON object."]);
            }

            var text = new RuleText(document.RootElement, "", problems);
            var rule = Rule(text, json, profiles ?? AlertProfiles.None);
            text.NothingElse();
            return new RuleReading(problems.Count == 0 ? rule : null, problems);
        }
        catch (JsonException e)
        {
            return new RuleReading(null, [RuleText.Unreadable(e)]);
        }
    }

    private static Rule Rule(RuleText text, string json, AlertProfiles profiles)
    {
        var editions = text.List("editions", e => Edition(e, profiles)).OrderBy(e => e.From).ToList();
        if (editions.Count == 0)
        {
            text.Wrong("editions", "needs at least one edition.");
        }

        // What is told of a rule is settled by being read, or it is not: a duty must not be read away.
        if (editions.Any(e => e.IsNotice) && !editions.TrueForAll(e => e.IsNotice))
        {
            text.Wrong("editions", "are all duties or all notices; give the other its own rule.");
        }

        var kind = text.Word<RuleKind>("kind");
        if (kind is not RuleKind.LocalStandard && editions.Any(e => e.Due.LocalClosures))
        {
            text.Wrong("editions", "the council's closures never move a date that the law counts: localClosures is for local standards.");
        }

        foreach (var (older, newer) in editions.Zip(editions.Skip(1)).Where(p => p.First.To is not { } to || to >= p.Second.From))
        {
            text.Wrong("editions", $"\"{older.Name}\" and \"{newer.Name}\" are in force on the same day.");
        }

        var examples = text.List("examples", ExampleReader.Read);
        if (examples.Count < 2)
        {
            text.Wrong("examples", "needs at least two worked examples.");
        }

        return new Rule
        {
            Id = text.Text("id"),
            Area = text.Text("area"),
            Title = text.Text("title"),
            Duty = text.Text("duty"),
            Kind = kind,
            Confidence = text.Word<Confidence>("confidence"),
            Owner = text.Word<Role>("owner"),
            ReviewBy = text.Date("reviewBy"),
            Note = text.OptionalText("note"),
            OnlyWhereSent = text.Flag("onlyWhereSent"),
            Editions = editions,
            Examples = examples,
            Json = json,
        };
    }

    private static Edition Edition(RuleText text, AlertProfiles profiles)
    {
        var profile = text.OptionalText("profile");
        var force = text.Object("inForce", f => Tuple.Create(f.Date("from"), f.OptionalDate("to")));
        var edition = new Edition
        {
            Name = text.Text("name"),
            From = force?.Item1 ?? DateOnly.MinValue,
            To = force?.Item2,
            Source = text.Object("source", Source)!,
            Starts = text.List("starts", TriggerReader.Read),
            Follows = text.Texts("follows"),
            Cycle = text.OptionalText("cycle"),
            During = text.Object("during", PeriodReader.Read),
            While = text.List("while", CircumstanceReader.Read),
            MetBy = text.List("metBy", TriggerReader.Read),
            Checklist = text.List("checklist", QuestionReader.Read),
            SameRef = text.Flag("sameRef"),
            Outlives = text.Flag("outlives"),
            Stops = text.List("stops", TriggerReader.ReadStop),
            JudgedOnRecording = text.OptionalText("judgedOn") is "recording",
            Repeats = text.Flag("repeats"),
            Restart = text.Has("restart") ? text.Word<Restart>("restart") : Restart.Parallel,
            Due = text.Object("due", DueReader.Read) ?? new DueRule { Method = DueMethod.Within },
            Profile = profile,
            Alerts = text.Has("alerts") || profile is null ? text.List("alerts", StepReader.Read) : profiles.Find(profile) ?? [],
            NoticeFor = text.Object("notice", n => Tuple.Create(n.Span("newsFor")))?.Item1,
        };
        Check(edition, force is not null, text);
        return edition;
    }

    private static void Check(Edition edition, bool hasForce, RuleText text)
    {
        void Must(bool holds, string name, string why)
        {
            if (!holds)
            {
                text.Wrong(name, why);
            }
        }

        Must(hasForce, "inForce", "is missing: say from when the edition is in force.");
        Must(edition.Source is not null, "source", "is missing: a rule without a source is not a rule.");
        Must(text.Has("due"), "due", "is missing.");
        Must(edition.Starts.Count > 0 != edition.Follows.Count > 0, "starts", "a duty either starts with events or follows other rules.");
        Must(edition.MetBy.Count > 0 || edition.IsNotice, "metBy", "is missing: a duty that nothing meets never ends.");
        Must(edition.Profile is null || !text.Has("alerts"), "profile", "stands alone: say a profile, or the alerts themselves.");
        Must(
            edition.Alerts.Count > 0, edition.Profile is null ? "alerts" : "profile",
            edition.Profile is null ? "is missing: say who is told and when." : $"there is no alert profile \"{edition.Profile}\".");
        Must(edition.Alerts.All(a => a.To.Count > 0), "alerts", "every step needs somebody to tell.");
        Must(edition.Follows.Count > 0 == (edition.Due.Method is DueMethod.MidPoint), "due", "a mid-point follows other rules, and only a mid-point does.");
        Must(edition.Follows.Count == 0 || edition.Cycle is not null, "cycle", "a mid-point says which cycle it halves.");
        Must(edition.Due.Member is not { } named || edition.Starts.All(t => t.Kind.Member(named)?.Type == typeof(DateOnly)), "due", "every starting event must carry that date.");
        Must(edition.Due.CountFrom is not { Birthday: null, After: null }, "due", "counts from nothing: say a birthday, a time after the start, or both.");
        Must(
            edition.Due.Milestones.Count == 0 || (edition.Repeats && edition.Due.ThenWithin.Count == 0), "due",
            "milestones are stops of a duty that repeats, and stand without thenWithin.");
        Must(
            edition.MetBy.Concat(edition.Stops).All(t => (t.When.Count == 0 || t.Supersedes) && t.Repeated is null), "metBy",
            "only a start, or a stop that supersedes, can ask for when, and only a start for times.");
        Must(!text.Has("judgedOn") || edition.JudgedOnRecording, "judgedOn", "can only be \"recording\".");
    }

    private static LegalSource Source(RuleText text) => new(
        text.Text("instrument"), text.Text("paragraph"), text.Text("says"), text.Date("checkedOn"), text.OptionalText("seen"));
}
