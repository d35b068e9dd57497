using Microsoft.Extensions.Logging;

namespace PracticeEvents.Store;

internal static partial class Log
{
    [LoggerMessage(10, LogLevel.Warning, "A batch of {Events} events was not stored at try {Attempt} (SQLSTATE {SqlState}); trying again")]
    public static partial void AppendRetried(this ILogger log, int events, int attempt, string? sqlState);

    [LoggerMessage(11, LogLevel.Error, "The database is away: {Deliveries} deliveries were refused (SQLSTATE {SqlState})")]
    public static partial void AppendUnavailable(this ILogger log, int deliveries, string? sqlState);

    [LoggerMessage(12, LogLevel.Warning, "The database refused a batch of {Deliveries} deliveries (SQLSTATE {SqlState}); each is tried alone")]
    public static partial void BatchSplit(this ILogger log, int deliveries, string? sqlState);

    [LoggerMessage(13, LogLevel.Error, "The database refused one delivery (SQLSTATE {SqlState})")]
    public static partial void DeliveryRefused(this ILogger log, string? sqlState);

    [LoggerMessage(14, LogLevel.Critical, "The append loop stopped")]
    public static partial void AppendStopped(this ILogger log, Exception reason);

    [LoggerMessage(15, LogLevel.Warning, "A batch of {Events} events still waits for the append lock: a transaction holds it")]
    public static partial void AppendHeldUp(this ILogger log, int events);

    [LoggerMessage(20, LogLevel.Warning, "The notification connection was lost (SQLSTATE {SqlState}); connecting again")]
    public static partial void ListenLost(this ILogger log, string? sqlState);

    [LoggerMessage(30, LogLevel.Information, "PostgreSQL cluster made in {Folder}")]
    public static partial void ClusterMade(this ILogger log, string folder);

    [LoggerMessage(31, LogLevel.Information, "PostgreSQL started on port {Port}")]
    public static partial void ClusterStarted(this ILogger log, int port);

    [LoggerMessage(32, LogLevel.Information, "Joined the PostgreSQL that was already running on port {Port}")]
    public static partial void ClusterJoined(this ILogger log, int port);

    [LoggerMessage(33, LogLevel.Information, "PostgreSQL stopped")]
    public static partial void ClusterStopped(this ILogger log);

    [LoggerMessage(34, LogLevel.Warning, "A stale process file of PostgreSQL was removed: process {Pid} is another program")]
    public static partial void StalePid(this ILogger log, int pid);

    [LoggerMessage(35, LogLevel.Warning, "PostgreSQL could not be stopped: {Reason}")]
    public static partial void ClusterNotStopped(this ILogger log, string reason);
}
