using System.Globalization;
using PracticeEvents.Domain.Rules;
using Xunit;

namespace PracticeEvents.Domain.Tests.Rules;

/// <summary>Nodes compare the fingerprints of their rules: the same files give the same one everywhere.</summary>
public sealed class FingerprintTests
{
    [Theory]
    [InlineData("en-GB")]
    [InlineData("en-US")]
    [InlineData("ar-SA")]
    [InlineData("")]
    public void The_fingerprint_does_not_depend_on_the_culture_of_the_machine(string culture)
    {
        var here = new RuleBook(RuleFiles.All, RuleFiles.Calendar).Hash;
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(here, new RuleBook(RuleFiles.All, RuleFiles.Calendar).Hash);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
