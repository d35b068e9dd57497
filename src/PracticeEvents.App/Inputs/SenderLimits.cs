using System.ComponentModel.DataAnnotations;
using System.Threading.RateLimiting;

namespace PracticeEvents.App.Inputs;

/// <summary>How much senders may send. Configuration section <c>Inputs</c>.</summary>
internal sealed record InputOptions
{
    /// <summary>Most requests of one source in a minute. Default 60,000; 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; init; } = 60_000;
}

/// <summary>Counts each source's requests, so that one that runs wild does not shut out the others.</summary>
internal sealed class SenderLimits(InputOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(sender =>
        RateLimitPartition.GetFixedWindowLimiter(sender, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.RequestsPerMinute,
            Window = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
        }));

    /// <summary>Most requests of one source in a minute.</summary>
    public int RequestsPerMinute => options.RequestsPerMinute;

    /// <summary>Counts one request. Nothing when it may go on, otherwise how long to wait.</summary>
    public TimeSpan? Take(string sender)
    {
        using var lease = limiter.AttemptAcquire(sender);
        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after
            : TimeSpan.FromMinutes(1);
    }

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();
}
