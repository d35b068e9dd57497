using PracticeEvents.App.Tests.Chaos;
using PracticeEvents.App.Tests.Cli;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.App.Tests.Web.Teams;
using Xunit;
using Xunit.Abstractions;

namespace PracticeEvents.App.Tests.House;

/// <summary>What takes longest begins first, so that nothing long runs on alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [nameof(SoakTests), nameof(Record_tests), nameof(Local_packs), OnStory.Name, OnTeamStory.Name];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => !Longest.Any(name => collection.DisplayName.EndsWith(name, StringComparison.Ordinal)));
}
