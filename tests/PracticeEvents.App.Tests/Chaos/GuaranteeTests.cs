using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>What each guarantee is for. The same steps are taken twice: with it the verdict of the soak finds nothing, without it, by one
/// statement changed, it says what is wrong.</summary>
public sealed class GuaranteeTests
{
    private const string EveryoneHasALockOfTheirOwn = """
        create or replace function practice.append_lock() returns bigint language sql volatile as $$ select (random() * 1e15)::bigint $$
        """;

    // The key of an event is its id. Always, because the appender's sessions pass over ordinary triggers.
    private const string NoKeyIsKept = """
        create function practice.keep_no_key() returns trigger language plpgsql as $$ begin new.id := gen_random_uuid(); return new; end $$;
        create trigger keep_no_key before insert on public.mt_events for each row execute function practice.keep_no_key();
        alter table public.mt_events enable always trigger keep_no_key
        """;

    private static readonly DateTimeOffset Later = ChaosHouse.Start.AddDays(21);

    [Fact]
    public async Task Without_the_append_lock_an_event_is_overtaken_and_never_seen()
    {
        Assert.Empty(await OvertakeAsync(patched: false));

        var found = await OvertakeAsync(patched: true);
        Assert.Contains(found, w => w.StartsWith("the reader of the log did not see everything", StringComparison.Ordinal));
        Assert.Contains(found, w => w.StartsWith("obligations differ from a recompute", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_epochs_a_node_that_was_away_raises_an_alert_that_is_not_true()
    {
        Assert.Empty(await ComeBackAsync(patched: false));

        Assert.Contains(await ComeBackAsync(patched: true), w => w.StartsWith("an alert that ought to be different by now: AlertWithdrawn of c1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_the_position_committed_apart_from_the_rows_a_node_that_ends_between_leaves_a_child_out()
    {
        Assert.Empty(await EndBetweenAsync(apart: false));

        Assert.Contains(await EndBetweenAsync(apart: true), w => w.StartsWith("obligations differ from a recompute: missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_permanent_key_an_event_sent_twice_is_stored_twice()
    {
        Assert.Empty(await SendTwiceAsync(patched: false));

        Assert.Contains("an event that is stored twice: /cms e1", await SendTwiceAsync(patched: true));
    }

    // One event draws its position and is slow to commit; meanwhile another is sent, and everybody reads on.
    private async Task<IReadOnlyList<string>> OvertakeAsync(bool patched)
    {
        await using var nodes = await TwoNodes.OpenAsync();
        if (patched)
        {
            await nodes.ExecuteAsync(EveryoneHasALockOfTheirOwn);
        }

        var (slow, fast) = (Conference("c1"), Conference("c2"));
        await using var connection = await nodes.One.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await EventStore.AppendWithin([TwoNodes.New(nodes.One, "e1", slow)]).AskAsync(connection);
        var sending = nodes.SendAsync(nodes.Other, "e2", fast);
        await nodes.EndsOrWaitsAsync(nodes.Other, sending);
        await nodes.One.WorkAsync();
        await nodes.PullAsync();

        await transaction.CommitAsync();
        nodes.Acknowledge("e1", slow);
        await sending;
        await nodes.One.WorkAsync();
        return await nodes.FindAsync(nodes.One.Now);
    }

    // A node is away long enough for another to take over, comes back believing that it still holds everything, and is in the middle of a pass when news comes to the other.
    private async Task<IReadOnlyList<string>> ComeBackAsync(bool patched)
    {
        await using var nodes = await TwoNodes.OpenAsync();
        if (patched)
        {
            await nodes.PatchAsync("practice.share_leases", "epoch = l.epoch + 1", "epoch = l.epoch");
        }

        await nodes.SendAsync(nodes.One, "e0", new TeamRegistered { Team = "t1", TeamManager = "tm1", On = new(new DateOnly(2026, 3, 2)) });
        await nodes.SendAsync(nodes.One, "e1", new CaseAllocated { Child = "c1", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(new DateOnly(2026, 3, 2)) });
        await nodes.SendAsync(nodes.One, "e2", new ReferralReceived { Child = "c1", On = new(new DateOnly(2026, 3, 2)), Ref = "r1" });
        await nodes.One.WorkAsync();
        Assert.Empty(await nodes.One.Get<AlertTable>().ListAsync(null, null, null, default));

        await nodes.TakeOverAsync();
        nodes.One.MoveTo(Later);
        nodes.Other.MoveTo(Later);
        Task back = Task.CompletedTask;
        var other = Task.CompletedTask;

        // Whoever says something late reads this table, after it has read the child and before it writes.
        await using (var hold = await nodes.HoldAsync("lock table practice.silences in access exclusive mode"))
        {
            back = Task.Run(nodes.One.PassAsync);
            await nodes.EndsOrWaitsAsync(nodes.One, back);
            await nodes.SendAsync(
                nodes.Other,
                "e3",
                new ReferralDecided { Child = "c1", On = new(new DateOnly(2026, 3, 3)), Ref = "r1", Outcome = ReferralOutcome.NoFurtherAction });
            other = Task.Run(nodes.Other.WorkAsync);
            await nodes.EndsOrWaitsAsync(nodes.Other, other);
        }

        var lost = await Record.ExceptionAsync(() => back);
        Assert.True(patched ? lost is null : lost is LeaseLostException, $"It ended with {lost?.ToString() ?? "nothing"}.");
        await other;
        return await nodes.FindAsync(Later);
    }

    // A pass has written its rows and is about to move its position on when its node ends. The other session is what moves positions when they are committed apart.
    private async Task<IReadOnlyList<string>> EndBetweenAsync(bool apart)
    {
        await using var nodes = await TwoNodes.OpenAsync();
        await nodes.SendAsync(nodes.One, "e1", Conference("c1"));
        await nodes.One.WorkAsync();

        await nodes.SendAsync(nodes.One, "e2", Conference("c2"));
        await using (var position = await nodes.HoldAsync(
            "update public.mt_event_progression set last_seq_id = (select max(seq_id) from public.mt_events) where name like 'Timescales:%'"))
        {
            var pass = Task.Run(nodes.One.WorkAsync);
            await nodes.EndsOrWaitsAsync(nodes.One, pass);
            await nodes.CutOffAsync(nodes.One);
            Assert.IsAssignableFrom<NpgsqlException>(await Record.ExceptionAsync(() => pass));
            await (apart ? position.CommitAsync() : position.RollbackAsync());
        }

        await nodes.One.RecoverAsync();
        return await nodes.FindAsync(nodes.One.Now);
    }

    private async Task<IReadOnlyList<string>> SendTwiceAsync(bool patched)
    {
        await using var nodes = await TwoNodes.OpenAsync();
        if (patched)
        {
            await nodes.ExecuteAsync(NoKeyIsKept);
        }

        await nodes.SendAsync(nodes.One, "e1", Conference("c1"));
        await nodes.SendAsync(nodes.Other, "e1", Conference("c1"));
        await nodes.One.WorkAsync();
        return await nodes.FindAsync(nodes.One.Now);
    }

    private static InitialConferenceHeld Conference(string child) => new() { Child = child, On = new(new DateOnly(2026, 3, 2)), Outcome = ConferenceOutcome.Plan };
}
