using System.Net;
using System.Threading.RateLimiting;

namespace PracticeEvents.App.Web.Pages.SignIn;

/// <summary>
/// Slows down guessing: an address that got a token wrong thirty times in a minute waits. Only wrong ones count, so that a whole office
/// behind one address is not kept out by its own morning.
/// </summary>
internal sealed class SignInPace : IDisposable
{
    private const int WrongPerMinute = 30;

    private readonly PartitionedRateLimiter<IPAddress> limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, static _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = WrongPerMinute,
            Window = TimeSpan.FromMinutes(1),
        }));

    /// <summary>True when this address must wait before it tries again.</summary>
    public bool MustWait(IPAddress? from) => limiter.GetStatistics(from ?? IPAddress.None) is { CurrentAvailablePermits: 0 };

    /// <summary>Counts one wrong token.</summary>
    public void Wrong(IPAddress? from) => limiter.AttemptAcquire(from ?? IPAddress.None).Dispose();

    public void Dispose() => limiter.Dispose();
}
