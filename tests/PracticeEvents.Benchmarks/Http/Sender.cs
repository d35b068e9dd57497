using PracticeEvents.App.Inputs;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Benchmarks.Rows;

namespace PracticeEvents.Benchmarks.Http;

/// <summary>A service in another process under a rehearsal's clock, and the secret of a sender registered with it.</summary>
internal sealed class Sender : IAsyncDisposable
{
    private Sender(Practice service, Uri address, string secret) => (Service, Address, Secret) = (service, address, secret);

    public Practice Service { get; }

    public Uri Address { get; }

    public string Secret { get; }

    public static async Task<Sender> StartAsync(Fresh database, params (string Name, string Value)[] settings)
    {
        var (service, address) = await Practice.ServeAsync(
            database,
            settings,
            "--rehearsal",
            Samples.Now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        var source = await new Sources(database.Source).CreateAsync("bench", TimeProvider.System.GetUtcNow());
        return new Sender(service, address, source!.Secret);
    }

    /// <summary>Sends signed events of ordinary stories, so many a second, until it is stopped.</summary>
    public Task<Latencies> StoriesAsync(int perSecond, CancellationToken stop)
    {
        var next = 0L;
        return Load.SteadyAsync(
            Address,
            perSecond,
            8,
            () => Requests.Signed(Address, Secret, Samples.Story(Interlocked.Increment(ref next), 500, Samples.Today)),
            202,
            stop);
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
