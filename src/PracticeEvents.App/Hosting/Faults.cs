using Npgsql;
using Polly;
using Polly.Retry;
using PracticeEvents.Store;

namespace PracticeEvents.App.Hosting;

/// <summary>How passing faults are met. Only work that may safely be done twice goes through here.</summary>
internal static class Faults
{
    /// <summary>Around reads and other repeatable work on the database: up to 4 further tries over about 3 seconds when the fault is a passing one.</summary>
    public static ResiliencePipeline Database { get; } = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(e => e is NpgsqlException && Transient.Is(e)),
            MaxRetryAttempts = 4,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();
}
