using Npgsql;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Process;
using PracticeEvents.App.Tests.House;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>Two nodes over a database of their own whose every step is taken by hand, so that what happens only now and then happens at once and every time.
/// The verdict on what they leave behind is the soak's.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    private readonly string connectionString;
    private readonly Dictionary<string, string> acknowledged = new(StringComparer.Ordinal);
    private readonly List<long> pulled = [];
    private readonly NpgsqlDataSource source;
    private readonly List<NpgsqlConnection> held = [];

    private TwoNodes(string connectionString, Parts one, Parts other)
    {
        this.connectionString = connectionString;
        (One, Other) = (one, other);
        source = NpgsqlDataSource.Create(connectionString);
    }

    /// <summary>The node that holds all shares at the start.</summary>
    public Parts One { get; }

    /// <summary>The node that holds none.</summary>
    public Parts Other { get; }

    /// <summary>Opens a new database; the first node holds everything.</summary>
    public static async Task<TwoNodes> OpenAsync()
    {
        var connectionString = await OneServer.NewDatabaseAsync();
        var nodes = new TwoNodes(connectionString, await Parts.OpenAsync(connectionString, ChaosHouse.Start), await Parts.OpenAsync(connectionString, ChaosHouse.Start));
        await nodes.One.BeatAsync();
        return nodes;
    }

    /// <summary>An event as the store takes it.</summary>
    public static NewEvent New(Parts at, string id, PracticeEvent e) => new Incoming(Verdict.Sender, id, e).ToNewEvent(at.Now, "cms");

    /// <summary>Sends an event to a node and notes that it was acknowledged.</summary>
    public async Task SendAsync(Parts to, string id, PracticeEvent e)
    {
        await to.Get<EventStore>().AppendAsync([New(to, id, e)]);
        Acknowledge(id, e);
    }

    /// <summary>Notes that an event was acknowledged.</summary>
    public void Acknowledge(string id, PracticeEvent e) => acknowledged[id] = EventCatalogue.KindOf(e).Alias;

    /// <summary>Pulls what is new in the log, as a reader does who goes on after the last position it saw.</summary>
    public async Task PullAsync() => pulled.AddRange((await One.Get<EventStore>().ReadAllAsync(pulled.LastOrDefault(), 1000)).Select(e => e.Position));

    /// <summary>Runs a statement.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The number that a query answers.</summary>
    public Task<long> CountAsync(string sql) => Verdict.NumberAsync(source, sql);

    /// <summary>Changes one thing in a function of the database.</summary>
    public async Task PatchAsync(string function, string before, string after)
    {
        await using var read = source.CreateCommand("select pg_get_functiondef(to_regproc($1))");
        read.Parameters.AddWithValue(function);
        var text = (string)(await read.ExecuteScalarAsync())!;
        var patched = text.Replace(before, after, StringComparison.Ordinal);
        if (patched == text)
        {
            throw new InvalidOperationException($"{function} does not say \"{before}\".");
        }

        await ExecuteAsync(patched);
    }

    /// <summary>A session beside the nodes, with a transaction open in which a statement was run.</summary>
    public async Task<NpgsqlTransaction> HoldAsync(string sql)
    {
        var connection = await source.OpenConnectionAsync();
        held.Add(connection);
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        await command.ExecuteNonQueryAsync();
        return transaction;
    }

    /// <summary>Waits until what a node does is done, or waits for a lock that another holds.</summary>
    public Task EndsOrWaitsAsync(Parts node, Task doing) => Until.HoldsAsync(
        async () => doing.IsCompleted
            || await Verdict.NumberAsync(source, $"select count(*) from pg_stat_activity where application_name = 'practice/{node.Node}' and wait_event_type = 'Lock'") > 0,
        "it was done or had to wait");

    /// <summary>What a node's machine does when it goes: every session of the node ends, whatever it was at.</summary>
    public Task CutOffAsync(Parts node) => ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'practice/{node.Node}'");

    /// <summary>The other node finds that the first has been silent for too long, and takes over everything. The first does not hear of it, but that its sessions are gone.</summary>
    public async Task TakeOverAsync()
    {
        await ExecuteAsync($"update practice.nodes set expires_at = clock_timestamp() - interval '1 second' where node = '{One.Node}'");
        await Other.BeatAsync();
        One.Source.Clear();
        await One.Get<TimescalePass>().DisposeAsync();
    }

    /// <summary>Everything that is wrong, in words.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(DateTimeOffset now)
    {
        await PullAsync();
        return
        [
            .. await Verdict.FindAsync(source, acknowledged),
            .. await Verdict.CompareAsync(source, "the reader of the log", pulled, "select seq_id from public.mt_events order by seq_id"),
            .. await Recompute.FindAsync(connectionString, now),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in held)
        {
            await connection.DisposeAsync();
        }

        await One.DisposeAsync();
        await Other.DisposeAsync();
        await source.DisposeAsync();
    }
}
