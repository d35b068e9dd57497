using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeEvents.App.Tests.Chaos;
using PracticeEvents.App.Tests.Process;
using PracticeEvents.App.Views;
using PracticeEvents.App.Views.Rebuilding;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Tests.Rebuilding;

/// <summary>A running service with some children whose views and alerts can be spoilt and rebuilt.</summary>
public abstract class RebuildHouse : Council
{
    protected const int Children = 12;

    internal Rebuild Rebuild => Services.GetRequiredService<Rebuild>();

    internal IReadOnlyList<IView> Views => Services.GetRequiredService<ViewTables>().All;

    /// <summary>Sends the story of some children: conferences that start duties, late ones among them.</summary>
    protected Task SendChildrenAsync() => SendAsync([.. Enumerable.Range(0, Children).SelectMany(n => (PracticeEvent[])
    [
        new CaseAllocated { Child = $"d{n:00}", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) },
        new ReferralReceived { Child = $"d{n:00}", Ref = "r1", On = new(Day(1, 5)) },
        Conference(Day(1, 12), $"d{n:00}"),
    ])]);

    protected async Task RunAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    protected async Task<long> CountAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Somebody who reads a view for as long as they like: the new table cannot be put in its place meanwhile.</summary>
    protected async Task<IAsyncDisposable> ReaderOfAsync(string view)
    {
        var connection = await Source.OpenConnectionAsync();
        await using var read = new NpgsqlCommand($"begin; set local idle_in_transaction_session_timeout to 0; select count(*) from practice.{view}", connection);
        await read.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Waits until the tables beside the live ones are filled and indexed.</summary>
    protected Task FilledAsync(string view) => Until.HoldsAsync(
        async () => await CountAsync($"select count(*) from pg_indexes where schemaname = 'practice_next' and tablename = '{view}'") > 0, "the new tables were filled");

    /// <summary>What is left beside the live tables.</summary>
    protected Task<long> LeftAsync() => CountAsync("select count(*) from pg_namespace where nspname in ('practice_next', 'practice_before')");
}
