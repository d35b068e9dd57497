using Xunit;

namespace PracticeEvents.Domain.Tests.Rules;

/// <summary>Every duty of the catalogue of timescales (119 rows, compiled for this project from the law, guidance and improvement reports) is a
/// rule file or a named measure.</summary>
public sealed class CatalogueTests
{
    // What the catalogue calls a KPI, a list or a sample is measured and not counted as somebody's duty.
    private static readonly string[] Measured =
    [
        "contact-to-referral-days", "referral-to-assessment-start", "pre-proceedings-12w-kpi", "pre-pro-audit-50", "placed-with-parents-monitoring",
        "supervision-staff-monthly", "hos-dip-sample", "asye-supervision",
    ];

    [Fact]
    public void Every_row_of_the_catalogue_is_a_rule_file_or_a_named_measure()
    {
        var rows = File.ReadAllLines(Path.Combine(RuleFiles.Folder, "..", "tests", "PracticeEvents.Domain.Tests", "Rules", "catalogue.txt"));

        Assert.Equal(119, rows.Distinct().Count());
        Assert.Empty(rows.Except(RuleFiles.All.Select(r => r.Id)).Except(Measured));
        Assert.Empty(Measured.Intersect(RuleFiles.All.Select(r => r.Id)));
    }
}
