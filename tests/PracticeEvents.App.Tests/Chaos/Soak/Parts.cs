using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PracticeEvents.App.Hosting;
using PracticeEvents.App.Process;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>The service's own parts over a database, as a node has them, but nothing runs by itself: each step is taken by hand.</summary>
internal sealed class Parts : IAsyncDisposable
{
    private readonly Database database;
    private readonly ServiceProvider services;
    private readonly RehearsalClock clock;

    private Parts(Database database, ServiceProvider services, RehearsalClock clock) => (this.database, this.services, this.clock) = (database, services, clock);

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Name of this node, which its sessions carry as <c>practice/</c> and the name.</summary>
    public string Node => database.Node;

    public NpgsqlDataSource Source => database.Source;

    private Shares Shares => Get<Shares>();

    public static async Task<Parts> OpenAsync(string connectionString, DateTimeOffset now)
    {
        var database = await Database.OpenAsync("", connectionString, NullLoggerFactory.Instance, default);
        var clock = new RehearsalClock(now);
        var services = new ServiceCollection().AddLogging().AddCore(database, RulePack.Read(RulePack.Shipped), clock).BuildServiceProvider();
        await Tables.EnsureAsync(services, default);
        return new Parts(database, services, clock);
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Moves this node's clock; other nodes do not hear of it.</summary>
    public void MoveTo(DateTimeOffset to) => clock.MoveTo(to);

    /// <summary>Says that this node is alive, and takes up what it is given.</summary>
    public async Task BeatAsync()
    {
        await Shares.BeatAsync(alone: false, default);
        await Shares.AdoptAsync(Now, default);
    }

    /// <summary>Works through everything there is to do for the shares that this node believes it holds.</summary>
    public async Task WorkAsync()
    {
        while (await PassAsync())
        {
            // And again.
        }
    }

    /// <summary>One pass over the shares that this node believes it holds. False when there is no more to do.</summary>
    public async Task<bool> PassAsync()
    {
        var cohort = Cohort.Hindmost(Shares.Held)!;
        var (position, busy) = await Get<TimescalePass>().RunAsync(cohort, Now, default);
        Shares.MovedOn(cohort, position);
        return busy || cohort.Through is not null;
    }

    /// <summary>Goes on after a fault as the service does: what is held and where it stands is asked anew.</summary>
    public async Task RecoverAsync()
    {
        Source.Clear();
        Shares.Forget();
        await BeatAsync();
        await WorkAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}
