using System.Text.Json;
using PracticeEvents.App.Synthetic;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Synthetic;

public sealed class Catalogue_tests
{
    [Fact]
    public void Every_type_and_member_is_in_the_catalogue()
    {
        var unknown = Authorities.UsualEvents
            .SelectMany(e => e.Data.Select(m => (e.Type, m.Key)))
            .Distinct()
            .Where(m => EventCatalogue.Find(m.Type)?.Member(m.Key) is null);
        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_required_member_is_given() =>
        Assert.Empty(Authorities.UsualEvents.SelectMany(e => EventCatalogue.Find(e.Type)!.Members
            .Where(m => m.Required && !e.Data.ContainsKey(m.Name)).Select(m => (e.Type, m.Name))).Distinct());

    [Fact]
    public void Every_event_is_read_without_a_problem()
    {
        var today = London.DateOf(Authorities.Now);
        foreach (var e in Authorities.UsualEvents)
        {
            using var body = JsonDocument.Parse(e.Data.ToJsonString());
            Assert.Empty(EventReader.FromBody(e.Type, body.RootElement, fallbackOn: null, today).Problems);
        }
    }

    [Fact]
    public void Most_of_the_catalogue_happens()
    {
        var told = SyntheticAuthority.Summary(Authorities.Usual);
        Assert.InRange(told.Count, 85, EventCatalogue.All.Count);
    }

    [Fact]
    public void Ids_are_unique() => Assert.Equal(Authorities.UsualEvents.Count, Authorities.UsualEvents.DistinctBy(e => e.Id).Count());
}
