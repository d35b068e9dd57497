using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeEvents.App.Api;
using PracticeEvents.App.Process.Proving;
using PracticeEvents.App.Tests.Cli;
using PracticeEvents.App.Views.Rebuilding;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;
using Xunit;
using Incoming = PracticeEvents.App.Inputs.Incoming;

namespace PracticeEvents.App.Tests.Rebuilding;

/// <summary>A proof finds nothing where nothing is wrong, and names precisely what somebody has done to the tables.</summary>
public sealed class ProofTests : RebuildHouse
{
    private Task<Proved> ProveAsync() => Services.GetRequiredService<Proof>().RunAsync(null, default);

    [Fact]
    public async Task Nothing_is_found_where_nothing_is_wrong()
    {
        await SendChildrenAsync();

        var proved = await ProveAsync();

        Assert.Empty(proved.Findings);
        Assert.Equal((Children + 1, 0), (proved.Children, proved.Stopped));
    }

    [Fact]
    public async Task A_night_on_which_a_rebuild_is_at_work_is_proved_when_that_has_ended()
    {
        await SendChildrenAsync();
        var (night, proofs) = (Services.GetRequiredService<NightlyProof>(), Services.GetRequiredService<Proofs>());
        await using (await ShadowTables.OpenAsync(Source, wait: false, default))
        {
            await night.LookAsync(default);
            Assert.Null(await proofs.LastAsync(default));
        }

        await night.LookAsync(default);

        Assert.Equal(Children + 1, (await proofs.LastAsync(default))?.Proved.Children);
    }

    [Fact]
    public async Task A_timer_that_was_deleted_is_named_with_its_duty_and_its_time()
    {
        await SendChildrenAsync();
        await RunAsync("delete from practice.timers where owner = 'd03' and key like 'cp-review-first-3m/%'");

        var finding = Assert.Single((await ProveAsync()).Findings);

        Assert.Equal(("timer", "d03"), (finding.What, finding.Child));
        Assert.Matches("^The timer of cp-review-first-3m/[0-9a-f]{32} for 2026-[0-9-]+ [0-9:]+Z is missing", finding.Says);
    }

    [Fact]
    public async Task A_timer_that_was_moved_or_made_up_is_named()
    {
        await SendChildrenAsync();
        await RunAsync("""
            update practice.timers set due_at = due_at + interval '1 day' where owner = 'd04' and key like 'cp-review-first-3m/%';
            insert into practice.timers (owner, key, due_at) values ('d05', 'no-such-rule/1', '2027-01-01');
            """);

        var findings = (await ProveAsync()).Findings;

        Assert.Equal(["d04", "d05"], findings.Select(f => f.Child).Order());
        Assert.Contains("in place of", findings.Single(f => f.Child == "d04").Says, StringComparison.Ordinal);
        Assert.Contains("no duty that wants it", findings.Single(f => f.Child == "d05").Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_due_date_that_was_edited_is_named_with_both_dates()
    {
        await SendChildrenAsync();
        await RunAsync("update practice.obligations set due = '2026-12-24' where child = 'd06' and rule = 'cp-review-first-3m'");

        var finding = Assert.Single((await ProveAsync()).Findings);

        Assert.Equal(("obligations", "d06"), (finding.What, finding.Child));
        Assert.Contains("due is 2026-12-24 and ought to be 2026-04-12", finding.Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_that_was_dropped_is_named()
    {
        await SendChildrenAsync();
        var alert = Assert.Single(await QueryAsync("delete from practice.alerts where id = (select min(id) from practice.alerts where status = 'open') returning id"));

        var findings = (await ProveAsync()).Findings;

        Assert.Contains(findings, f => f.What == "alerts" && f.Says.Contains(alert, StringComparison.Ordinal) && f.Says.Contains("missing", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.What == "alert" && f.Says.StartsWith("An alert is missing", StringComparison.Ordinal));
        Assert.Equal(2, findings.Count);
    }

    [Fact]
    public async Task The_verb_exits_with_one_names_what_it_found_and_the_status_page_keeps_it()
    {
        await SendChildrenAsync();
        Assert.Equal(0, (await Practice.RunAsync("prove", "--connection", Connection)).Code);
        Assert.Empty((await Services.GetRequiredService<HealthReader>().ReadAsync(default)).Problems);
        await RunAsync("update practice.obligations set due = '2026-12-24' where child = 'd06' and rule = 'cp-review-first-3m'");

        var verb = await Practice.RunAsync("prove", "--connection", Connection);

        Assert.True(verb.Code == 1, verb.ToString());
        Assert.Contains("obligations of child d06", verb.Out, StringComparison.Ordinal);
        Assert.Contains(
            "The last proof found 1 differences",
            Assert.Single((await Services.GetRequiredService<HealthReader>().ReadAsync(default)).Problems),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_with_whom_the_service_has_not_caught_up_is_counted_and_is_no_finding()
    {
        await SendChildrenAsync();
        await using (var busy = await Source.OpenConnectionAsync())
        {
            await using var positions = new NpgsqlCommand("begin; set local idle_in_transaction_session_timeout to 0; select from public.mt_event_progression for update", busy);
            await positions.ExecuteNonQueryAsync();
            await Services.GetRequiredService<EventStore>().AppendAsync(
                [new Incoming("/cms", "held", new CoreGroupHeld { Child = "d07", On = new(Day(1, 20)) }).ToNewEvent(Start, "cms")]);

            var early = await ProveAsync();

            Assert.Equal((1, 0), (early.Behind, early.Findings.Count));
        }

        await SettleAsync();
        var proved = await ProveAsync();
        Assert.Equal((0, 0), (proved.Behind, proved.Findings.Count));
    }

    [Fact]
    public async Task Events_that_come_while_it_proves_are_no_findings()
    {
        await SendChildrenAsync();
        using var done = new CancellationTokenSource();
        var sending = Task.Run(async () =>
        {
            for (var n = 0; !done.IsCancellationRequested; n++)
            {
                await SendAsync(
                    Conference(Day(2, 2), $"n{n:000}"),

                    // One child after the other: one whose record changed without end would be between two passes at every look.
                    new CoreGroupHeld { Child = $"d{n % 12:00}", On = new(Day(2, 2).AddDays(n % 20)) });
            }
        });

        for (var n = 0; n < 3; n++)
        {
            Assert.Empty((await ProveAsync()).Findings);
        }

        await done.CancelAsync();
        await sending;
    }
}
