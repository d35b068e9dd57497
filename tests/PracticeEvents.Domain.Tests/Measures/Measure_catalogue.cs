using System.Globalization;
using System.Text;
using PracticeEvents.Domain.Measures;
using PracticeEvents.Domain.Tests.Rules;
using Xunit;

namespace PracticeEvents.Domain.Tests.Measures;

public sealed class Measure_catalogue
{
    [Theory]
    [InlineData("contact-to-referral-days")]
    [InlineData("referral-to-assessment-start")]
    [InlineData("re-referrals-12m")]
    [InlineData("pre-proceedings-12w-kpi")]
    [InlineData("pre-pro-audit-50")]
    [InlineData("placed-with-parents-monitoring")]
    [InlineData("supervision-staff-monthly")]
    [InlineData("hos-dip-sample")]
    [InlineData("asye-supervision")]
    public void A_row_of_the_catalogue_of_timescales_that_is_no_duty_is_a_measure(string id) => Assert.NotNull(MeasureCatalogue.Find(id));

    [Fact]
    public void Each_measure_has_an_id_of_its_own_that_no_rule_has() =>
        Assert.Equal(MeasureCatalogue.All.Count, MeasureCatalogue.All.Select(m => m.About.Id).Except(RuleFiles.All.Select(r => r.Id)).Distinct().Count());

    [Fact]
    public void Each_measure_says_in_one_sentence_what_it_counts() => Assert.All(MeasureCatalogue.All, m => Assert.Matches(@"^[A-Z][^.]*\.$", m.About.Says));

    // APPROVE=1 writes the page anew; then read the difference.
    [Fact]
    public void The_page_lists_every_measure()
    {
        var page = Path.Combine(Path.GetDirectoryName(RuleFiles.Folder)!, "docs", "guide", "measures.md");
        var text = File.Exists(page) ? File.ReadAllText(page) : "";
        var start = text.IndexOf("| id |", StringComparison.Ordinal) is >= 0 and var at ? at : text.Length;
        if (Environment.GetEnvironmentVariable("APPROVE") is "1")
        {
            File.WriteAllText(page, text[..start] + Table(), new UTF8Encoding(false));
            text = File.ReadAllText(page);
        }

        Assert.Equal(Table(), text[start..]);
    }

    private static string Table()
    {
        var table = new StringBuilder("| id | what is counted | numerator | denominator | target | source |\n|---|---|---|---|---|---|\n");
        foreach (var about in MeasureCatalogue.All.Select(m => m.About).OrderBy(a => a.Id, StringComparer.Ordinal))
        {
            var target = about.Target is { } t
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{t.Value}{(about.Unit is MeasureUnit.Share ? " %" : $" {about.Unit.ToString().ToLowerInvariant()}")}")
                : "";
            table.Append(CultureInfo.InvariantCulture, $"| `{about.Id}` | {about.Says} | {about.Numerator} | {about.Denominator} | {target} | {about.Source} |\n");
        }

        return table.ToString();
    }
}
