namespace PracticeEvents.App;

/// <summary>Every log message of the app. Ids and counts only: never a name, a date of birth or anything a person wrote.</summary>
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Error, "Child {Child} cannot be worked through and is unmonitored")]
    public static partial void ChildStopped(this ILogger log, Exception reason, string child);

    [LoggerMessage(2002, LogLevel.Information, "Took {Gained} shares of the children; this node holds {Held}")]
    public static partial void SharesTaken(this ILogger log, int gained, int held);

    [LoggerMessage(2003, LogLevel.Error, "A pass of the timescale process failed; trying again")]
    public static partial void PassFailed(this ILogger log, Exception reason);

    [LoggerMessage(2004, LogLevel.Warning, "The private database server could not be started again: {Reason}")]
    public static partial void ClusterNotRevived(this ILogger log, string reason);

    [LoggerMessage(2005, LogLevel.Error, "Request {Reference} failed")]
    public static partial void RequestFailed(this ILogger log, Exception reason, string reference);

    [LoggerMessage(2006, LogLevel.Warning, "The alert feed could not be read (SQLSTATE {SqlState}); trying again")]
    public static partial void FeedNotRead(this ILogger log, string? sqlState);

    [LoggerMessage(2007, LogLevel.Warning, "This node could not say that it is alive (SQLSTATE {SqlState}); trying again")]
    public static partial void BeatFailed(this ILogger log, string? sqlState);

    [LoggerMessage(2008, LogLevel.Warning, "Stream {Stream} cannot be worked through and keeps the rows it had")]
    public static partial void StreamNotRebuilt(this ILogger log, Exception reason, string stream);

    [LoggerMessage(2009, LogLevel.Information, "Proved {Children} children in {Seconds} s: {Findings} differences")]
    public static partial void Proved(this ILogger log, int children, int findings, double seconds);

    [LoggerMessage(2010, LogLevel.Error, "The nightly proof could not be made")]
    public static partial void ProofFailed(this ILogger log, Exception reason);

    [LoggerMessage(2015, LogLevel.Warning, "The database refuses what a pass has to write ({State}: {Why}); each child is tried alone")]
    public static partial void PassRefused(this ILogger log, string state, string why);

    [LoggerMessage(2014, LogLevel.Warning, "The nightly proof waits for a rebuild that is at work")]
    public static partial void ProofPutOff(this ILogger log);

    [LoggerMessage(2012, LogLevel.Warning, "Alerts could not be put in line or sent; trying again")]
    public static partial void LineFailed(this ILogger log, Exception reason);

    [LoggerMessage(2013, LogLevel.Warning, "Subscription {Subscription} by {Channel} is turned off: {Code}")]
    public static partial void SubscriptionDisabled(this ILogger log, Guid subscription, string channel, string code);

    [LoggerMessage(2011, LogLevel.Warning, "It could not be noted that a manager used the service")]
    public static partial void DashboardUseNotNoted(this ILogger log, Exception reason);
}
