using PracticeEvents.App.Synthetic;
using Xunit;

namespace PracticeEvents.App.Tests.Synthetic;

public sealed class Families_and_workers_tests
{
    private static readonly string[] Shared = ["referral_received", "initial_conference_held", "review_conference_held"];

    private static readonly Dictionary<string, string> FamilyOf = Authorities.UsualEvents.Where(e => e.Type is "child_registered")
        .ToDictionary(Authorities.Child, e => (string)e.Data["family"]!);

    [Fact]
    public void Brothers_and_sisters_share_referral_and_conference_dates()
    {
        // What was recorded in the last fortnight may not be recorded for every child yet.
        var settled = Authorities.Now.AddDays(-14);
        foreach (var family in Authorities.UsualEvents.Where(e => Shared.Contains(e.Type)
            && e.Time < settled).GroupBy(e => FamilyOf[Authorities.Child(e)]))
        {
            var histories = family.GroupBy(Authorities.Child).Select(child => string.Join(' ',
                child.Select(e => $"{e.Type} {Authorities.On(e):O}").Order(StringComparer.Ordinal)));
            Assert.Single(histories.Distinct());
        }
    }

    [Fact]
    public void Families_have_one_to_five_children() => Assert.All(FamilyOf.GroupBy(f => f.Value), f => Assert.InRange(f.Count(), 1, 5));

    [Fact]
    public void A_family_has_about_two_children() => Assert.InRange((double)FamilyOf.Count / FamilyOf.Values.Distinct().Count(), 1.75,
        2.05);

    [Fact]
    public void The_usual_plan_has_the_open_children_asked_for()
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        foreach (var e in Authorities.UsualEvents)
        {
            _ = e.Type switch
            {
                "referral_received" => open.Add(Authorities.Child(e)),
                "case_closed" => open.Remove(Authorities.Child(e)),
                _ => false
            };
        }

        Assert.InRange(open.Count, 500, 660);
    }

    [Fact]
    public void Social_workers_hold_ten_to_eighteen_children_on_average() => Assert.InRange(Caseloads().Average(), 10, 18);

    [Fact]
    public void A_few_open_children_wait_for_a_worker() => Assert.InRange(Waiting(), 2, 40);

    [Fact]
    public void Every_worker_and_team_that_events_name_is_registered()
    {
        var known = Authorities.UsualEvents.Where(e => e.Type is "worker_registered").Select(e => (string)e.Data["worker"]!).ToHashSet();
        var named = Authorities.UsualEvents.SelectMany(e => new[] { (string?)e.Data["by"], (string?)e.Data["worker"],
            (string?)e.Data["cover"] }).OfType<string>();
        Assert.Empty(named.Except(known));
    }

    [Fact]
    public void Every_child_worker_and_team_has_a_label_and_no_label_is_in_an_event()
    {
        var labels = SyntheticAuthority.Labels(Authorities.Usual).ToList();
        Assert.Empty(FamilyOf.Keys.Except(labels.Where(l => l.Kind is "child").Select(l => l.Reference)));
        var text = Authorities.Written(Authorities.UsualEvents.Take(20_000));
        Assert.DoesNotContain(labels, l => text.Contains(l.Label, StringComparison.Ordinal));
    }

    private static IEnumerable<int> Caseloads() => Holders().Where(h => h.Value is not null).GroupBy(h => h.Value).Select(g => g.Count());

    private static int Waiting() => Holders().Count(h => h.Value is null);

    private static Dictionary<string, string?> Holders()
    {
        var holders = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var e in Authorities.UsualEvents.Where(e => e.Type is "case_allocated" or "case_unallocated" or "case_closed"))
        {
            if (e.Type is "case_closed")
            {
                holders.Remove(Authorities.Child(e));
            }
            else if ((string?)e.Data["role"] is "social_worker")
            {
                holders[Authorities.Child(e)] = e.Type is "case_allocated" ? (string?)e.Data["worker"] : null;
            }
        }

        return holders;
    }
}
