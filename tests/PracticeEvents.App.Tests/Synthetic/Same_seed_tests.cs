using System.Security.Cryptography;
using System.Text;
using PracticeEvents.App.Synthetic;
using Xunit;

namespace PracticeEvents.App.Tests.Synthetic;

public sealed class Same_seed_tests
{
    private static readonly AuthorityPlan Small = Authorities.Usual with { OpenChildren = 80 };

    [Fact]
    public void The_same_plan_gives_the_same_bytes() =>
        Assert.Equal(Authorities.Written(SyntheticAuthority.Events(Small)), Authorities.Written(SyntheticAuthority.Events(Small with { })));

    [Fact]
    public void The_same_plan_gives_the_same_bytes_as_it_did_when_this_was_written() =>
        Assert.Equal("feb4516390c499dd7f8d321384cbd3b7", Fingerprint(Authorities.Written(SyntheticAuthority.Events(Small))));

    [Fact]
    public void Another_seed_is_another_authority() =>
        Assert.Empty(SyntheticAuthority.Events(Small).Select(e => e.Id).Intersect(SyntheticAuthority.Events(Small with { Seed = 21 }).Select(e => e.Id)));

    [Fact]
    public void One_child_alone_has_the_same_events_as_among_all()
    {
        var all = Authorities.UsualEvents;
        foreach (var child in all.Select(Authorities.Child).Where(c => c.Length > 0).Distinct().Take(40))
        {
            Assert.Equal(
                Authorities.Written(all.Where(e => Authorities.Child(e) == child)),
                Authorities.Written(SyntheticAuthority.EventsOf(Authorities.Usual, child)));
        }
    }

    [Fact]
    public void An_unknown_reference_has_no_events() => Assert.Empty(SyntheticAuthority.EventsOf(Authorities.Usual, "s20-nobody"));

    // The first half of a SHA-256: enough to see that anything changed.
    private static string Fingerprint(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))))[..32];
}
