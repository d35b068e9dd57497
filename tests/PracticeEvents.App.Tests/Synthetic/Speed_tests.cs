using System.Diagnostics;
using PracticeEvents.App.Synthetic;
using Xunit;
using Xunit.Abstractions;

namespace PracticeEvents.App.Tests.Synthetic;

/// <summary>Measured alone: other tests would slow it.</summary>
[Collection(nameof(Speed_tests))]
[CollectionDefinition(nameof(Speed_tests), DisableParallelization = true)]
public sealed class Speed_tests(ITestOutputHelper output)
{
    [Fact]
    public void A_large_authority_is_made_at_fifty_thousand_events_a_second_or_more()
    {
        var clock = Stopwatch.StartNew();
        var count = SyntheticAuthority.Events(Authorities.Usual with { OpenChildren = 5000 }).Count();
        var rate = count / clock.Elapsed.TotalSeconds;
        output.WriteLine($"{count:N0} events in {clock.Elapsed.TotalSeconds:N2} s: {rate:N0} a second");
        Assert.True(rate > 50_000, $"{rate:N0} events a second");
    }
}
