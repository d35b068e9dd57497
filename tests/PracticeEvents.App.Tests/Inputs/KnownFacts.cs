using PracticeEvents.App.Inputs;
using PracticeEvents.Store;
using Xunit;
using Fact = PracticeEvents.Domain.Events.Fact;

namespace PracticeEvents.App.Tests.Inputs;

/// <summary>A child's stream in memory: what was taken before.</summary>
internal sealed class KnownFacts
{
    private readonly List<Fact> facts = [];

    public IReadOnlyList<Fact> All => facts;

    public void Take(IEnumerable<Incoming> events, DateTimeOffset at)
    {
        foreach (var e in events)
        {
            Assert.DoesNotContain(facts, f => f.EventId == e.Id && f.Source == e.Source);
            facts.Add(new Fact(EventIdentity.Of(e.Source, e.Id), e.Source, e.Id, e.Event, at, at, facts.Count + 1));
        }
    }
}
