using System.Net.Sockets;
using Npgsql;

namespace PracticeEvents.Store;

/// <summary>Which errors go away by themselves. Told by SQLSTATE and constraint name, never by the text of a message.</summary>
public static class Transient
{
    // Two that a foreign appender can cause (Marten's own path takes no lock): the next try sees its rows.
    private static readonly string[] RacedConstraints = ["pkey_mt_streams_id", "pk_mt_events_stream_and_version"];

    /// <summary>Whether the same call may well succeed a moment later.</summary>
    public static bool Is(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } raced => RacedConstraints.Contains(raced.ConstraintName),
        PostgresException { SqlState: var state } => IsState(state),
        NpgsqlException { IsTransient: true } => true,
        NpgsqlException { InnerException: IOException or SocketException or TimeoutException or EndOfStreamException } => true,
        TimeoutException or SocketException or IOException => true,
        _ => false,
    };

    /// <summary>Whether it is the connection that was lost, rather than the call that was turned down.</summary>
    internal static bool IsLostConnection(Exception error) => error is PostgresException { SqlState: var state }
        ? state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal)
        : Is(error);

    /// <summary>The SQLSTATE of an error, if a server gave one.</summary>
    public static string? StateOf(Exception error) => (error as NpgsqlException)?.SqlState;

    private static bool IsState(string state) =>
        state.StartsWith("08", StringComparison.Ordinal)
        || state.StartsWith("53", StringComparison.Ordinal)
        || state is PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.QueryCanceled
            or PostgresErrorCodes.ReadOnlySqlTransaction
            or PostgresErrorCodes.ObjectInUse;
}
