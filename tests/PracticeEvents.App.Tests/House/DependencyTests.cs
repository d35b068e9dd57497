using System.Reflection;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.Domain.Timescales;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.House;

/// <summary>Which part of the house may know which.</summary>
public sealed class DependencyTests
{
    [Fact]
    public void The_domain_knows_neither_the_store_nor_any_package() =>
        Assert.All(References(typeof(Obligation).Assembly), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));

    [Fact]
    public void The_store_knows_no_social_work() =>
        Assert.DoesNotContain(References(typeof(EventStore).Assembly), name => name.StartsWith("PracticeEvents", StringComparison.Ordinal));

    [Fact]
    public void The_store_knows_npgsql_and_logging_only() => Assert.All(
        References(typeof(EventStore).Assembly),
        name => Assert.True(
            name is "Npgsql" or "Microsoft.Extensions.Logging.Abstractions" or "Microsoft.Win32.Primitives"
                || name.StartsWith("System.", StringComparison.Ordinal),
            name));

    [Theory]
    [InlineData("Access")]
    [InlineData("Alerts")]
    [InlineData("Children")]
    [InlineData("Inputs")]
    [InlineData("Process")]
    [InlineData("Views")]
    public void What_works_inside_does_not_know_the_edges(string folder) => Assert.Empty(Uses(folder, "Web", "Api", "Cli"));

    [Fact]
    public void Addresses_for_programs_know_neither_pages_nor_verbs() => Assert.Empty(Uses("Api", "Web", "Cli"));

    [Fact]
    public void Pages_know_no_verbs() => Assert.Empty(Uses("Web", "Cli"));

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(a => a.Name!);

    private static IEnumerable<string> Uses(string folder, params string[] others) =>
        from file in Directory.EnumerateFiles(Repository.Find($"src/PracticeEvents.App/{folder}")!, "*.cs*", SearchOption.AllDirectories)
        from line in File.ReadLines(file)
        where others.Any(o => line.Contains($"using PracticeEvents.App.{o}", StringComparison.Ordinal))
        select $"{Path.GetFileName(file)}: {line}";
}
