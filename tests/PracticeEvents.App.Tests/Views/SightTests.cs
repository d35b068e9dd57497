using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Access;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Children;
using PracticeEvents.App.Tests.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Views;

/// <summary>Lists ask the database for their reader's own rows: what it is asked never leaves out a child whom the reader may see.</summary>
public sealed class SightTests : Council
{
    private static readonly string[] Readers = ["tm1", "tm2", "hos1", "hos2", "sw1", "sw2", "swx", "ch1", "plo1", "stranger", "admin"];

    private ViewReader Reader => Services.GetRequiredService<ViewReader>();

    private ChildrenView Children => Services.GetRequiredService<ChildrenView>();

    [Fact]
    public async Task The_database_gives_each_reader_in_each_role_the_children_whom_they_may_see()
    {
        await SendEveryKindOfChildAsync();
        await SeenAsync();
    }

    [Fact]
    public async Task Children_with_no_team_and_no_worker_are_the_front_door_s_and_no_longer_every_head_s()
    {
        await SendEveryKindOfChildAsync();
        await SendAsync(new TeamRegistered { Team = "t1", Service = "s1", TeamManager = "tm1", HeadOfService = "hos1", FrontDoor = true, On = new(Day(1, 6)) });
        await SeenAsync();
        await InScopesAsync();

        var structure = await Services.GetRequiredService<StructureReader>().ReadAsync();
        async Task<bool> SeesAsync(string worker, Role role) =>
            (await Reader.RowsAsync(Children, null, Sight.Of(ViewerOf(worker, role, structure)), null, default)).Any(c => c.Child == "k-none-nobody");
        Assert.True(await SeesAsync("tm1", Role.TeamManager));
        Assert.False(await SeesAsync("hos2", Role.HeadOfService));
    }

    private async Task SeenAsync()
    {
        var (all, structure) = (await Reader.RowsAsync(Children, null, null, default), await Services.GetRequiredService<StructureReader>().ReadAsync());

        foreach (var (viewer, name) in Viewers(structure))
        {
            var asked = await Reader.RowsAsync(Children, null, Sight.Of(viewer), null, default);

            Assert.True(all.Where(viewer.Sees).Select(c => c.Child).SequenceEqual(asked.Select(c => c.Child)), $"{name} sees {string.Join(' ', asked.Select(c => c.Child))}");
        }
    }

    [Fact]
    public async Task The_database_gives_each_scope_of_alerts_its_children()
    {
        await SendEveryKindOfChildAsync();
        await InScopesAsync();
    }

    private async Task InScopesAsync()
    {
        var (all, structure) = (await Reader.RowsAsync(Children, null, null, default), await Services.GetRequiredService<StructureReader>().ReadAsync());

        foreach (var (viewer, name) in Viewers(structure))
        {
            foreach (var scope in (string[])["team", "service", "watching", "all"])
            {
                var part = AlertScope.Of(scope, viewer);
                var asked = await Reader.RowsAsync(Children, null, part, null, default);

                Assert.True(
                    all.Where(part.Holds).Select(c => c.Child).SequenceEqual(asked.Select(c => c.Child)),
                    $"{name}, {scope}: {string.Join(' ', asked.Select(c => c.Child))}");
            }
        }
    }

    [Fact]
    public async Task A_head_of_service_is_given_the_children_of_a_team_that_nobody_has_registered()
    {
        await SendEveryKindOfChildAsync();
        var structure = await Services.GetRequiredService<StructureReader>().ReadAsync();

        var asked = await Reader.RowsAsync(Children, null, Sight.Of(ViewerOf("hos2", Role.HeadOfService, structure)), null, default);

        Assert.Equal(
            ["k-lost-nobody", "k-lost-sw1", "k-lost-sw2", "k-lost-swx", "k-none-nobody", "k-none-sw2", "k-none-swx"],
            asked.Select(c => c.Child)
                .Where(c => c.StartsWith("k-lost", StringComparison.Ordinal) || c.StartsWith("k-none", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_current_is_the_same_to_the_database_as_to_an_earlier_instant()
    {
        var start = new DateOnly(2025, 6, 2);
        await SendAsync([.. Enumerable.Range(0, 5).SelectMany(n => (PracticeEvent[])
        [
            Conference(start, $"m{n}"),
            .. Enumerable.Range(1, n).Select(held => new CoreGroupHeld { Child = $"m{n}", On = new(start.AddDays(60 * held)) }),
        ])]);
        var (duties, halves) = (Services.GetRequiredService<ObligationsView>(), Services.GetRequiredService<MidPointsView>());

        var all = await Reader.RowsAsync(duties, null, null, default);
        Assert.Equal(
            all.Where(ObligationsView.Current.Holds).Select(Name).Order(),
            (await Reader.RowsAsync(duties, null, ObligationsView.Current, null, default)).Select(Name).Order());
        Assert.Contains(all, d => d.LateAgain);
        Assert.Contains(all, d => !ObligationsView.Current.Holds(d));
        var cycles = await Reader.RowsAsync(halves, null, null, default);
        Assert.Equal(cycles.Count(MidPointsView.Running.Holds), (await Reader.RowsAsync(halves, null, MidPointsView.Running, null, default)).Count);
        Assert.NotEmpty(cycles);

        static string Name(ObligationRow d) => $"{d.Child} {d.Rule} {d.Occurrence}";
    }

    // A child for each team that can be said, none and one that nobody has registered, with each social worker that there can be.
    private async Task SendEveryKindOfChildAsync()
    {
        var on = new Happened(Day(1, 6));
        await SendAsync(
        [
            new TeamRegistered { Team = "t2", Service = "s1", TeamManager = "tm2", HeadOfService = "hos1", On = on },
            new TeamRegistered { Team = "t3", Service = "s2", HeadOfService = "hos2", On = on },
            new TeamRegistered { Team = "t4", On = on },
            new WorkerRegistered { Worker = "sw1", Team = "t1", Roles = [Role.SocialWorker], On = on },
            new WorkerRegistered { Worker = "sw2", Team = "t3", Roles = [Role.SocialWorker], On = on },
            new WorkerRegistered { Worker = "swx", Team = "lost", Roles = [Role.SocialWorker], On = on },
            .. from team in (List<string?>)["t1", "t2", "t3", "t4", "lost", null]
               from worker in (List<string?>)["sw1", "sw2", "swx", null]
               from sent in Story($"k-{team ?? "none"}-{worker ?? "nobody"}", team, worker)
               select sent,
        ]);
    }

    private static IEnumerable<PracticeEvent> Story(string child, string? team, string? worker)
    {
        var on = new Happened(Day(1, 6));
        yield return new ReferralReceived { Child = child, Ref = "r1", On = on };
        if (team is not null)
        {
            yield return new CaseAllocated { Child = child, Worker = "ch1", Team = team, Role = CaseRole.CpChair, On = on };
        }

        if (worker is not null)
        {
            yield return new CaseAllocated { Child = child, Worker = worker, Role = CaseRole.SocialWorker, On = on };
        }
    }

    private static IEnumerable<(Viewer Viewer, string Name)> Viewers(Structure structure) =>
        from worker in Readers
        from role in Enum.GetValues<Role>()
        select (ViewerOf(worker, role, structure), $"{worker} as {role}");

    private static Viewer ViewerOf(string worker, Role role, Structure structure) =>
        Viewer.Of(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, worker), new(ClaimTypes.Role, EventName.Word(role))], "test")), structure);
}
