using System.Text.Json;
using System.Text.Json.Nodes;
using PracticeEvents.App.Hosting;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.WhatIf;

/// <summary>Rules that somebody thinks of, or everything that is wrong with them.</summary>
/// <param name="Book">The rules; nothing when they are refused.</param>
/// <param name="Problems">What is wrong, a sentence each with its place.</param>
internal sealed record Candidate(RuleBook? Book, IReadOnlyList<string> Problems)
{
    /// <summary>The rules of a folder that exists: a whole set, or a council's own pack.</summary>
    public static Candidate OfFolder(string folder)
    {
        try
        {
            var (book, problems) = RulePack.TryRead(folder);
            return new(book, problems);
        }
        catch (Exception e) when (e is ArgumentException or JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            // What only shows when the rules and the calendar are put together.
            return new(null, [e.Message]);
        }
    }

    /// <summary>The rules in use with changes laid over them, as <c>changes.json</c> writes them. Nothing is put in force, so that neither
    /// an owner nor examples are asked for.</summary>
    public static Candidate OfChanges(JsonElement changes, RuleBook inUse)
    {
        var problems = new List<string>();
        try
        {
            var read = LocalPackReader.Read(new JsonObject { ["changes"] = JsonNode.Parse(changes.GetRawText()) }.ToJsonString(), inUse.Profiles, problems, onTrial: true);
            var rules = problems.Count > 0 ? [] : PackCheck.Apply(inUse.All, read, inUse.Calendar, problems);
            return problems.Count > 0 ? new(null, problems) : new(new RuleBook(rules, inUse.Calendar, inUse.Profiles), []);
        }
        catch (Exception e) when (e is ArgumentException or JsonException or FormatException or InvalidOperationException)
        {
            // Text that is no text, such as half of a pair of surrogates.
            return new(null, [$"changes: {e.Message}"]);
        }
    }
}
