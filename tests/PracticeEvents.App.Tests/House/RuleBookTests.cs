using System.Text;
using PracticeEvents.App.Cli;
using PracticeEvents.App.Hosting;
using PracticeEvents.App.Tests.Web.Harness;
using Xunit;

namespace PracticeEvents.App.Tests.House;

/// <summary><c>docs/rules.md</c> is what the rule files say.</summary>
public sealed class RuleBookTests
{
    // APPROVE=1 writes the page anew; then read the difference.
    [Fact]
    public void The_rule_book_is_what_the_rule_files_say()
    {
        var said = RuleBookPage.Of(RulePack.Read(Path.Combine(Repository.Find("rules")!)));
        var page = Path.Combine(Repository.Find("docs")!, "rules.md");
        if (Environment.GetEnvironmentVariable("APPROVE") is "1")
        {
            File.WriteAllText(page, said, new UTF8Encoding(false));
        }

        Assert.Equal(File.Exists(page) ? File.ReadAllText(page) : "", said);
    }
}
