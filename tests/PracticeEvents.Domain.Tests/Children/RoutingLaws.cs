using FsCheck;
using FsCheck.Fluent;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Tests.Histories;
using PracticeEvents.Domain.Timescales;
using Xunit;

namespace PracticeEvents.Domain.Tests.Children;

/// <summary>Whom a duty reaches, in any structure: incomplete, out of date, or not there yet.</summary>
public sealed class RoutingLaws
{
    private static readonly string[] Workers = ["w1", "w2", "w3", "w4"];

    private static readonly Arbitrary<World> Worlds = (
        from structure in Gen.OneOf(Team(), Registered(), Gen.Elements(Workers).Select(w => (PracticeEvent)new WorkerLeft { Worker = w })).ListOf(8)
        from allocations in Allocated().ListOf(4)
        select new World([.. structure.Select(Numbered)], [.. allocations.Select(Numbered)])).ToArbitrary();

    [Fact]
    public void There_is_always_somebody_to_tell() => Holds((_, _, to) => Enum.GetValues<Role>().All(r => to(r).Count > 0));

    [Fact]
    public void A_worker_who_has_left_is_never_told() => Holds((structure, _, to) =>
        Enum.GetValues<Role>().SelectMany(to).All(w => structure.Workers.GetValueOrDefault(w) is not { Left: true }));

    [Fact]
    public void Without_a_social_worker_in_post_the_team_manager_is_told() => Holds((structure, child, to) =>
        InPost(child.Allocated(Role.SocialWorker), structure) || to(Role.SocialWorker).SequenceEqual(to(Role.TeamManager)));

    [Fact]
    public void Without_a_team_manager_in_post_the_head_of_service_is_told() => Holds((structure, child, to) =>
        InPost(structure.ManagerOf(structure.TeamOf(child.Team, child.Allocated(Role.SocialWorker))), structure) || to(Role.TeamManager).SequenceEqual(to(Role.HeadOfService)));

    [Fact]
    public void Whoever_is_allocated_and_in_post_is_the_one_who_is_told() => Holds((structure, child, to) =>
        child.Allocations.All(a => !InPost(a.Value.Worker, structure) || to(a.Key).SequenceEqual([a.Value.Worker])));

    [Fact]
    public void A_child_with_no_team_yet_is_the_front_door_s_until_it_is_allocated()
    {
        var structure = new Structure(
        [
            Numbered(new TeamRegistered { Team = "t1", TeamManager = "w1", HeadOfService = "w3" }, 0),
            Numbered(new TeamRegistered { Team = "t2", TeamManager = "w2", HeadOfService = "w4", FrontDoor = true }, 1),
        ]);
        Reach To(Role role, params PracticeEvent[] known) =>
            new Routing(ChildSituation.Of(History.Of(known.Select((e, n) => Numbered(e, n + 2)))), structure, new(2026, 3, 2)).Of(role);

        Assert.Equal(["w2"], To(Role.TeamManager).Workers);
        Assert.Equal((Way.OneUp, "w2"), (To(Role.SocialWorker).Way, To(Role.SocialWorker).Workers[0]));
        Assert.Equal(["w1"], To(Role.TeamManager, new CaseAllocated { Child = Facts.Child, Worker = "w5", Team = "t1", Role = CaseRole.SocialWorker }).Workers);
    }

    [Fact]
    public void A_cover_whom_nobody_has_registered_is_none()
    {
        var on = new DateOnly(2026, 3, 2);
        var structure = new Structure(
        [
            Numbered(new TeamRegistered { Team = "t1", TeamManager = "w2" }, 0),
            Numbered(new AbsenceRecorded { Worker = "w1", From = on, To = on, Cover = "w11" }, 1),
        ]);
        var child = ChildSituation.Of(History.Of([Numbered(new CaseAllocated { Child = Facts.Child, Worker = "w1", Team = "t1", Role = CaseRole.SocialWorker }, 2)]));

        var reach = new Routing(child, structure, on).Of(Role.SocialWorker);

        Assert.Equal(("w2", Way.OneUp), (Assert.Single(reach.Workers), reach.Way));
    }

    private static bool InPost(string? worker, Structure structure) => worker is not null && structure.Workers.GetValueOrDefault(worker) is not { Left: true };

    private static void Holds(Func<Structure, ChildSituation, Func<Role, IReadOnlyList<string>>, bool> law) => Prop.ForAll(Worlds, world =>
    {
        var structure = new Structure(world.Structure);
        var child = ChildSituation.Of(History.Of(world.Allocations));
        return law(structure, child, role => new Routing(child, structure, new(2026, 3, 2)).Of(role).Workers);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static Gen<PracticeEvent> Team() =>
        from team in Gen.Elements("t1", "t2")
        from manager in Gen.Elements([.. Workers, null])
        from head in Gen.Elements([.. Workers, null])
        from isFrontDoor in Gen.Elements(false, false, true)
        select (PracticeEvent)new TeamRegistered { Team = team, TeamManager = manager, HeadOfService = head, FrontDoor = isFrontDoor };

    private static Gen<PracticeEvent> Registered() =>
        from worker in Gen.Elements(Workers)
        from team in Gen.Elements("t1", "t2", null)
        from role in Gen.Elements(Enum.GetValues<Role>())
        select (PracticeEvent)new WorkerRegistered { Worker = worker, Team = team, Roles = [role] };

    private static Gen<PracticeEvent> Allocated() =>
        from worker in Gen.Elements(Workers)
        from team in Gen.Elements("t1", "t3", null)
        from role in Gen.Elements(Enum.GetValues<CaseRole>())
        select (PracticeEvent)new CaseAllocated { Child = Facts.Child, Worker = worker, Team = team, Role = role };

    private static Fact Numbered(PracticeEvent e, int n)
    {
        var on = new DateOnly(2026, 1, 5).AddDays(n);
        return Facts.Of(e with { On = new(on) }, "/cms", $"e{n}", London.StartOf(on).ToUniversalTime(), n);
    }

    private sealed record World(IReadOnlyList<Fact> Structure, IReadOnlyList<Fact> Allocations)
    {
        public override string ToString() => string.Join('\n', Structure.Concat(Allocations).Select(f => $"{f.Type} {EventJson.Write(f.Event)}"));
    }
}
