using System.CommandLine;
using System.Text.Json;
using PracticeEvents.App.Api;
using PracticeEvents.App.Hosting;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice rules</c>: the catalogue, one rule, and whether a folder of rules can be used. None of these wants a database.</summary>
internal static class RulesVerb
{
    public static Command Create() => new("rules", "The timescales that are watched. Example: practice rules list") { List(), Show(), Check(), Book() };

    private static Command List()
    {
        var (folder, json) = (CommonOptions.Rules(), CommonOptions.Json());
        var verb = new Command("list", "Lists every rule. Example: practice rules list --json") { folder, json };
        verb.SetAction((parsed, _) => Failures.ToExitCodeAsync(() =>
        {
            var rules = RulePack.Read(parsed.GetValue(folder) ?? RulePack.Shipped).All
                .OrderBy(r => r.Area, StringComparer.Ordinal).ThenBy(r => r.Id, StringComparer.Ordinal).Select(RuleJson.Of).ToList();
            if (parsed.GetValue(json))
            {
                Out.Json(rules);
            }
            else
            {
                Out.Table(
                    ["rule", "title", "area", "kind", "review by"],
                    [.. rules.Select(r => (string[])[r.Id, r.Title, r.Area, EventName.Word(r.Kind.ToString()), Dates.Iso(r.ReviewBy)])]);
            }

            return Task.FromResult(ExitCode.Fine);
        }));
        return verb;
    }

    private static Command Show()
    {
        var id = new Argument<string>("ID") { Description = "The rule's id" };
        var (folder, json) = (CommonOptions.Rules(), CommonOptions.Json());
        var verb = new Command("show", "Shows one rule with its sources, editions and worked examples. Example: practice rules show core-group-first-10wd") { id, folder, json };
        verb.SetAction((parsed, _) => Failures.ToExitCodeAsync(() =>
        {
            if (RulePack.Read(parsed.GetValue(folder) ?? RulePack.Shipped).Find(parsed.GetValue(id)!) is not { } rule)
            {
                return Task.FromResult(Failures.Say($"There is no rule {parsed.GetValue(id)}. To see which there are, run: practice rules list", ExitCode.BadUsage));
            }

            if (parsed.GetValue(json))
            {
                Out.Line(rule.Json.TrimEnd());
                return Task.FromResult(ExitCode.Fine);
            }

            var fields = new List<string[]>
            {
                new[] { "rule", rule.Id }, new[] { "title", rule.Title }, new[] { "duty", rule.Duty }, new[] { "kind", EventName.Word(rule.Kind.ToString()).Replace('_', ' ') },
                new[] { "confidence", EventName.Word(rule.Confidence.ToString()) }, new[] { "owner", EventName.Word(rule.Owner.ToString()).Replace('_', ' ') },
                new[] { "review by", Dates.Long(rule.ReviewBy) },
            };
            fields.AddRange(rule.Editions.Select(e => new[]
            {
                $"edition {e.Name}", $"from {Dates.Long(e.From)}{(e.To is { } to ? $" to {Dates.Long(to)}" : "")}: {e.Source.Instrument}, {e.Source.Paragraph}. {e.Source.Says}",
            }));
            fields.AddRange(rule.Note is { } note ? [["note", note]] : []);
            Out.Table(["what", "value"], fields);
            return Task.FromResult(ExitCode.Fine);
        }));
        return verb;
    }

    private static Command Book()
    {
        var folder = CommonOptions.Rules();
        var verb = new Command("book", "Prints the rule book as Markdown: every duty with its source, counting and examples. Example: practice rules book") { folder };
        verb.SetAction((parsed, _) => Failures.ToExitCodeAsync(() =>
        {
            Out.Line(RuleBookPage.Of(RulePack.Read(parsed.GetValue(folder) ?? RulePack.Shipped)).TrimEnd());
            return Task.FromResult(ExitCode.Fine);
        }));
        return verb;
    }

    private static Command Check()
    {
        var path = new Argument<string>("PATH") { Description = "Folder of rules with its calendar" };
        var json = CommonOptions.Json();
        var verb = new Command("check", "Says everything that is wrong with a folder of rules. Example: practice rules check ./rules") { path, json };
        verb.SetAction((parsed, _) => Failures.ToExitCodeAsync(() =>
        {
            var folder = parsed.GetValue(path)!;
            if (!Directory.Exists(folder))
            {
                return Task.FromResult(Failures.Say($"There is no folder {folder}.", ExitCode.BadUsage));
            }

            var (book, problems) = Read(folder);
            if (parsed.GetValue(json))
            {
                Out.Json(new { valid = book is not null, rules = book?.All.Count ?? 0, problems });
            }
            else
            {
                problems.ToList().ForEach(Out.Line);
                Out.Line(book is null ? $"{Counts.Of(problems.Count, "problem")}. These rules cannot be used." : $"{book.All.Count} rules. They can be used.");
            }

            return Task.FromResult(book is null ? ExitCode.Found : ExitCode.Fine);
        }));
        return verb;
    }

    // What only shows when the rules and the calendar are put together is a problem like any other.
    private static (RuleBook? Book, IReadOnlyList<string> Problems) Read(string folder)
    {
        try
        {
            return RulePack.TryRead(folder);
        }
        catch (Exception e) when (e is ArgumentException or JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, [e.Message]);
        }
    }
}
