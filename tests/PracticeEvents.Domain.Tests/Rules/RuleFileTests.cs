using PracticeEvents.Domain.Rules;
using Xunit;

namespace PracticeEvents.Domain.Tests.Rules;

public sealed class RuleFileTests
{
    public static TheoryData<string> Files() => [.. RuleFiles.Paths.Select(p => Path.GetRelativePath(RuleFiles.Folder, p))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_rule_file_reads_without_a_problem(string file) =>
        Assert.Empty(RuleFiles.Read(Path.Combine(RuleFiles.Folder, file)).Problems);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_named_after_its_rule_and_lies_in_the_folder_of_its_area(string file)
    {
        var rule = RuleFiles.Read(Path.Combine(RuleFiles.Folder, file)).Rule!;

        Assert.Equal(Path.Combine(rule.Area, rule.Id + ".json"), file);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_points_its_editor_at_the_schema(string file) =>
        Assert.Contains("\"$schema\": \"../rules.schema.json\"", File.ReadAllText(Path.Combine(RuleFiles.Folder, file)), StringComparison.Ordinal);

    [Fact]
    public void No_two_rules_share_an_id() =>
        Assert.Equal(RuleFiles.Paths.Count, RuleFiles.All.Select(r => r.Id).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void The_rules_make_a_book_in_which_every_rule_followed_is_found() =>
        Assert.Equal(RuleFiles.Paths.Count, new RuleBook(RuleFiles.All, RuleFiles.Calendar).All.Count);

    [Fact]
    public void What_has_no_national_number_is_never_shown_as_statutory() =>
        Assert.DoesNotContain(RuleFiles.All, r => r.Confidence is Confidence.Local && r.Kind is not RuleKind.LocalStandard);

    [Fact]
    public void Every_rule_but_those_of_history_has_an_edition_in_force_when_it_was_last_checked() =>
        Assert.DoesNotContain(RuleFiles.All, r => r.On(r.Editions[^1].Source.CheckedOn) is null && !IsHistory(r));

    [Fact]
    public void A_rule_is_looked_at_again_after_it_was_checked() =>
        Assert.DoesNotContain(RuleFiles.All, r => r.ReviewBy <= r.Editions[^1].Source.CheckedOn);

    [Fact]
    public void Why_a_duty_ended_is_said_in_a_sentence() =>
        Assert.DoesNotContain(RuleFiles.All.SelectMany(r => r.Editions).SelectMany(e => e.Stops),
            s => s.Because is not { Length: > 10 } why || !char.IsUpper(why[0]) || why[^1] is not '.');

    // A duty that was taken away stays in the book for the figures of its years, and says so in its name.
    private static bool IsHistory(Rule rule) => rule.Id.EndsWith("-legacy", StringComparison.Ordinal) && rule.Editions.All(e => e.To is not null);
}
