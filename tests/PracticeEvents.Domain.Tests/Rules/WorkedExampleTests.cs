using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;
using Xunit;

namespace PracticeEvents.Domain.Tests.Rules;

public sealed class WorkedExampleTests
{
    private static readonly RuleBook Book = new(RuleFiles.All, RuleFiles.Calendar);

    public static TheoryData<string, string> Examples()
    {
        var data = new TheoryData<string, string>();
        foreach (var (rule, example) in RuleFiles.All.SelectMany(r => r.Examples.Select(e => (r, e))))
        {
            data.Add(rule.Id, example.Title);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_worked_example_comes_out_as_its_file_says(string id, string title) =>
        ComesOut(Book.Find(id)!.Examples.Single(e => e.Title == title), id, Book);

    [Fact]
    public void The_examples_of_the_guide_come_out_as_it_says()
    {
        var rule = RuleReader.Read(SampleRule.Json).Rule!;

        Assert.All(rule.Examples, e => ComesOut(e, rule.Id, new RuleBook([rule], RuleFiles.Calendar)));
    }

    [Fact]
    public void Every_rule_shows_a_duty_that_ends_well_and_one_that_does_not()
    {
        var oneSided = RuleFiles.All.Where(r => r.Editions.All(e => !e.IsNotice))
            .Where(r => r.Examples.SelectMany(e => e.Expected).Select(d => d.Status).ToHashSet() is var seen
                && !(seen.Contains("done") && (seen.Contains("done_late") || seen.Contains("overdue"))))
            .Select(r => r.Id);

        Assert.Empty(oneSided);
    }

    private static void ComesOut(Example example, string id, RuleBook book)
    {
        var duties = Obligations.For(History.Of(example.Facts), book).Where(o => o.Rule.Id == id).ToList();

        Assert.Equal(
            example.Expected.Select(Line),
            duties.Select((o, n) => Line(Told(o, example.Expected.ElementAtOrDefault(n), example.AsAt))));
    }

    // An example may leave out the plan-by date; what it says must be so.
    private static ExpectedDuty Told(Obligation duty, ExpectedDuty? expected, DateTimeOffset asAt) => new(
        duty.Due?.ToString() ?? "none",
        EventName.Word(duty.StatusAt(asAt).ToString()),
        expected?.PlanBy is null ? null : new Happened(duty.PlanBy!.Value).ToString(),
        duty.MetOn?.ToString(),
        [.. duty.Quality.Where(a => a.InRecord).Select(a => a.Question.Code)]);

    private static string Line(ExpectedDuty duty) => $"due {duty.Due}, {duty.Status}, plan by {duty.PlanBy}, met on {duty.MetOn}, in the record {string.Join(' ', duty.InRecord)}";
}
