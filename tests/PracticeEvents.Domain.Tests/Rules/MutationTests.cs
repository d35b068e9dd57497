using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;
using Xunit;
using AllDuties = PracticeEvents.Domain.Timescales.Obligations;

namespace PracticeEvents.Domain.Tests.Rules;

/// <summary>The worked examples of a rule notice when anything in the rule changes: an example that would pass with another number proves nothing.</summary>
public sealed class MutationTests
{
    public static TheoryData<string> Rules() => [.. RuleFiles.All.Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Some_example_of_a_rule_fails_when_a_number_a_unit_or_a_convention_of_it_is_changed(string id)
    {
        var rule = RuleFiles.All.Single(r => r.Id == id);

        var unnoticed = RuleMutations.Of(rule.Json)
            .Where(m => !IsPinnedByItsFamily(id, m.What))
            .Where(m => RuleReader.Read(m.Json, RuleFiles.Profiles).Rule is { } changed && AllComeOut(changed))
            .Select(m => m.What)
            .ToList();

        Assert.True(unnoticed.Count == 0, $"No example of {id} notices:\n{string.Join('\n', unnoticed)}");
    }

    // The visits of regulation 28 hand a child from one file to another. What each leaves to the others is pinned by the laws of the family, which try them together.
    private static bool IsPinnedByItsFamily(string id, string what) =>
        id.StartsWith("cla-visit-", StringComparison.Ordinal) && what.Contains(".stops[", StringComparison.Ordinal);

    private static bool AllComeOut(Rule changed)
    {
        var book = new RuleBook(RuleFiles.All.Select(r => r.Id == changed.Id ? changed : r), RuleFiles.Calendar, RuleFiles.Profiles);
        return changed.Examples.All(example => AllDuties.For(History.Of(example.Facts), book).Where(d => d.Rule.Id == changed.Id)
            .Select(d => (
                d.Due?.ToString() ?? "none",
                EventName.Word(d.StatusAt(example.AsAt).ToString()),
                d.MetOn?.ToString(),
                Shown(d.Quality.Where(a => a.InRecord).Select(a => a.Question.Code))))
            .SequenceEqual(example.Expected.Select(e => (e.Due, e.Status, e.MetOn, Shown(e.InRecord)))));
    }

    private static string Shown(IEnumerable<string> codes) => string.Join(' ', codes);
}
