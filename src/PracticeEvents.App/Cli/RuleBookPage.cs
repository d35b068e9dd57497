using System.Globalization;
using System.Text;
using PracticeEvents.App.Web.Pages.RulePages;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Cli;

/// <summary>The rule book as a page of Markdown: every duty with its sentence, source, counting, who is told and its worked examples, made from the rules themselves.</summary>
internal static class RuleBookPage
{
    /// <summary>The page.</summary>
    public static string Of(RuleBook rules)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Rule book

            Made from the files in `rules/` by `practice rules book`, and compared with them by a test. Each duty says where it comes from and how sure we are. A local
            standard is the council's own: it is not the law. All times at which people are told are local defaults.

            {rules.All.Count} rules; calendar {rules.Calendar.Edition}.

            | Kind | Rules |
            |---|---:|

            """);
        foreach (var kind in rules.All
            .GroupBy(r => (Kind: RuleWords.Kind(r.Kind), Caution: RuleWords.Caution(r)))
            .OrderBy(g => g.Key.Kind, StringComparer.Ordinal).ThenBy(g => g.Key.Caution, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"| {kind.Key.Kind}{(kind.Key.Caution is { } caution ? $": {caution}" : "")} | {kind.Count()} |\n");
        }

        foreach (var area in rules.All.GroupBy(r => r.Area).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {RuleWords.Area(area.Key)}\n");
            foreach (var rule in area.OrderBy(r => r.Id, StringComparer.Ordinal))
            {
                Add(rule, rules, page);
            }
        }

        return page.ToString();
    }

    private static void Add(Rule rule, RuleBook rules, StringBuilder page)
    {
        page.Append(
            CultureInfo.InvariantCulture,
            $"\n### {rule.Title}\n\n`{rule.Id}` · {RuleWords.Kind(rule.Kind)}{(RuleWords.Caution(rule) is { } caution ? $", {caution}" : "")}\n\n{rule.Duty}\n\n");
        if (rule.Note is { } note)
        {
            page.Append(CultureInfo.InvariantCulture, $"{note}\n\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"{RuleWords.Sure(rule.Confidence)}\n");
        foreach (var edition in rule.Editions)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"\n**{edition.Name}**, from {Dates.Long(edition.From)}{(edition.To is { } to ? $" to {Dates.Long(to)}" : "")}. {edition.Source.Instrument}, {edition.Source.Paragraph}: {edition.Source.Says}\n\n");
            List(page, "Starts", RuleWords.Starts(edition, rules));
            List(page, "Applies where", RuleWords.Circumstances(edition));
            List(page, "Met by", RuleWords.MetBy(edition));
            List(page, "Stops", edition.Stops.Select(s => $"{RuleWords.Trigger(s)}. {s.Because}"));
            List(page, "Counted", RuleWords.Counting(edition));
            List(page, "To be answered first", RuleWords.Questions(edition));
            List(page, edition.Profile is { } profile ? $"Told (profile {profile})" : "Told", edition.Alerts.Select(RuleWords.Told).Select(t => $"{t.When}: {t.Who}"));
        }

        page.Append("\n| Example | Looked at on | Comes to |\n|---|---|---|\n");
        foreach (var example in rule.Examples)
        {
            var duties = example.Expected.Count == 0
                ? "no duty"
                : string.Join("; ", example.Expected.Select(e => $"due {e.Due}, {e.Status.Replace('_', ' ')}{(e.MetOn is null ? "" : $" ({e.MetOn})")}"));
            page.Append(
                CultureInfo.InvariantCulture,
                $"| {example.Title.Replace("|", "\\|", StringComparison.Ordinal)} | {Domain.London.DateOf(example.AsAt):yyyy-MM-dd} | {duties} |\n");
        }
    }

    private static void List(StringBuilder page, string title, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            page.Append(CultureInfo.InvariantCulture, $"- {title}: {line}\n");
        }
    }
}
