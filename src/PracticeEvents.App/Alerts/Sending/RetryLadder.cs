namespace PracticeEvents.App.Alerts.Sending;

/// <summary>When to try again what could not be sent: the example of Standard Webhooks 1.0.0, with up to a tenth more so that what failed together
/// does not come back together.</summary>
internal static class RetryLadder
{
    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>How long it is from the first attempt to the last, at the least.</summary>
    public static TimeSpan Length { get; } = Delays.Aggregate((sum, delay) => sum + delay);

    /// <summary>How long to wait after so many attempts that failed; nothing when there is no further attempt.</summary>
    /// <param name="attempts">Attempts so far, the one that has just failed among them.</param>
    /// <param name="retryAfter">How long the receiver asked to be left alone; a day at most is granted.</param>
    /// <param name="jitter">Between 0 and 1.</param>
    public static TimeSpan? After(int attempts, TimeSpan? retryAfter, double jitter)
    {
        if (attempts > Delays.Length)
        {
            return null;
        }

        var delay = Delays[attempts - 1] * (1 + (jitter / 10));
        var asked = retryAfter > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : retryAfter;
        return asked > delay ? asked : delay;
    }
}
