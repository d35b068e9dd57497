using System.Diagnostics;
using PracticeEvents.App.Tests.Api;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>A legal gateway panel: some are to know at once, and its outcome is due on the system by the end of the day.</summary>
public sealed class GatewayStory : Council
{
    [Fact]
    public async Task The_panel_is_on_an_open_stream_within_a_second_and_a_missing_outcome_is_overdue_after_midnight()
    {
        using var http = await ReaderAsync("admin", Role.Administrator);
        await using var stream = await LiveStream.OpenAsync(http, "all");
        var waits = new List<TimeSpan>();
        foreach (var panel in new[] { "g1", "g2", "g3" })
        {
            var began = Stopwatch.GetTimestamp();
            await SendAsync(new LegalGatewayHeld { Child = "c1", On = new(Day(3, 2), At(3, 2, 8)), Ref = panel, Decision = GatewayDecision.PreProceedings });
            while (!(await stream.NextAsync()).Data.Contains("to_know", StringComparison.Ordinal))
            {
            }

            waits.Add(Stopwatch.GetElapsedTime(began));
        }

        // Of three, because the machine is busy with other tests.
        Assert.True(waits.Min() < TimeSpan.FromSeconds(1), $"It took {string.Join(", ", waits)}.");
        await MoveToAsync(At(3, 2, 23, 59, 59));
        Assert.DoesNotContain(await AlertsAsync("legal-gateway-record-same-day"), a => a.Contains("overdue", StringComparison.Ordinal));
        await MoveToAsync(At(3, 3, 0));
        Assert.Equal(
            ["hos1 overdue open", "plo1 overdue open"],
            (await AlertsAsync("legal-gateway-record-same-day")).Where(a => a.Contains("overdue", StringComparison.Ordinal)).Distinct());
    }
}
