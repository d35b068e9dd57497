using Microsoft.Extensions.Logging.Abstractions;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>One cluster for the tests of a class, each of which has databases of its own in it.</summary>
public sealed class OneCluster : IAsyncLifetime
{
    internal Cluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await Cluster.StartAsync(ClusterOptions.Throwaway(), NullLogger.Instance);

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}
