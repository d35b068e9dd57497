using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PracticeEvents.Domain.Tests.Rules;

/// <summary>Rule files with one thing changed in each: a number, a unit, a convention, something that stops the duty or that it depends on.</summary>
internal static partial class RuleMutations
{
    private static readonly string[] Flags = ["startIsDayOne", "sameRef", "repeats", "judgedOn", "endOfDay", "localClosures", "continues", "nth"];
    private static readonly string[] Dropped = ["stops", "while", "when", "variants", "clocks", "thenWithin", "milestones", "starts", "metBy", "checklist", "shownBy"];

    /// <summary>Every change of a file, each with where it was made.</summary>
    public static IEnumerable<(string What, string Json)> Of(string json)
    {
        foreach (var (what, change) in Changes(JsonNode.Parse(json)!["editions"]!, "editions"))
        {
            var copy = JsonNode.Parse(json)!;
            change(copy["editions"]!);
            yield return (what, copy.ToJsonString());
        }
    }

    // A change is found in one tree and made in a copy, by the same path.
    private static IEnumerable<(string What, Action<JsonNode> Change)> Changes(JsonNode node, string path)
    {
        if (node is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                var place = i;
                foreach (var (what, change) in Changes(list[i]!, $"{path}[{i}]"))
                {
                    yield return (what, copy => change(copy[place]!));
                }
            }
        }

        if (node is not JsonObject members)
        {
            yield break;
        }

        foreach (var (name, value) in members.ToList())
        {
            // Who is told and when, and where it comes from, are pinned by the rule book.
            if (name is "alerts" or "notice" or "source" or "inForce" or "name" or "says" or "because" or "profile" || value is null)
            {
                continue;
            }

            foreach (var (what, change) in OfMember(name, value, $"{path}.{name}"))
            {
                yield return (what, change);
            }

            foreach (var (what, change) in Changes(value, $"{path}.{name}"))
            {
                yield return (what, copy => change(copy[name]!));
            }
        }
    }

    private static IEnumerable<(string What, Action<JsonNode> Change)> OfMember(string name, JsonNode value, string path)
    {
        if (value is JsonValue text && text.TryGetValue<string>(out var words) && Length().Match(words) is { Success: true } length)
        {
            foreach (var other in Others(length))
            {
                yield return ($"{path}: {words} -> {other}", copy => copy[name] = other);
            }
        }

        if (value is JsonValue number && number.TryGetValue<int>(out var n))
        {
            yield return ($"{path}: {n} -> {n + 1}", copy => copy[name] = n + 1);
        }

        // Where what meets a duty starts one as well, the next one comes without saying.
        if (Flags.Contains(name) && !(name is "repeats" && path.EndsWith("].repeats", StringComparison.Ordinal) && IsStartedByWhatMeetsIt(value.Parent!)))
        {
            yield return ($"{path}: left out", copy => copy.AsObject().Remove(name));
        }

        if (value is not JsonArray list)
        {
            yield break;
        }

        for (var i = 0; i < list.Count; i++)
        {
            var place = i;
            if (list[i] is JsonValue item && item.TryGetValue<string>(out var span) && Length().Match(span) is { Success: true } match)
            {
                foreach (var other in Others(match))
                {
                    yield return ($"{path}[{i}]: {span} -> {other}", copy => copy[name]![place] = other);
                }
            }

            if (Dropped.Contains(name))
            {
                yield return ($"{path}[{i}]: left out", copy => copy[name]!.AsArray().RemoveAt(place));
            }
        }
    }

    private static bool IsStartedByWhatMeetsIt(JsonNode edition) =>
        edition["starts"]!.AsArray().Select(t => t!["event"]!.ToString()).Intersect((edition["metBy"]?.AsArray() ?? []).Select(t => t!["event"]!.ToString())).Any();

    // One more, and the same number of another unit.
    private static IEnumerable<string> Others(Match length)
    {
        var (n, unit) = (int.Parse(length.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), length.Groups[2].Value);
        yield return $"{n + 1} {unit}s";
        if (n == 0)
        {
            yield break;
        }

        yield return $"{n} {(unit is "working day" ? "day" : unit is "day" ? "working day" : unit is "hour" ? "day" : "day")}s";
    }

    [GeneratedRegex("^([0-9]+) (working day|hour|day|week|month|school term)s?$")]
    private static partial Regex Length();
}
