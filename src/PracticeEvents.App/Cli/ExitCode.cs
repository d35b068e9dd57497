namespace PracticeEvents.App.Cli;

/// <summary>Exit codes, as the contract has them.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Fine = 0;

    /// <summary>Something was found: rows refused, rules wrong, duties overdue.</summary>
    public const int Found = 1;

    /// <summary>The command line is wrong.</summary>
    public const int BadUsage = 2;

    /// <summary>The database cannot be reached.</summary>
    public const int NoDatabase = 3;

    /// <summary>Refused: the schema is ahead, the configuration is wrong, another holds the lease.</summary>
    public const int Refused = 4;
}
