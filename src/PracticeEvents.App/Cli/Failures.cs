using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Npgsql;
using PracticeEvents.App.Hosting;
using PracticeEvents.Store;

namespace PracticeEvents.App.Cli;

/// <summary>Turns what stops a verb into a sentence on stderr and an exit code. Nobody at a prompt is shown a stack trace.</summary>
internal static class Failures
{
    /// <summary>Runs a verb.</summary>
    public static async Task<int> ToExitCodeAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (ClusterException e)
        {
            return Say(e.Message, ExitCode.NoDatabase);
        }
        catch (StoreUnavailableException e)
        {
            return Say(e.Message, ExitCode.NoDatabase);
        }
        catch (NpgsqlException e) when (e.InnerException is TimeoutException)
        {
            return Say(
                "The database did not answer in time. What was done up to here is kept: run the same again, and look at what else keeps the database busy.",
                ExitCode.NoDatabase);
        }
        catch (NpgsqlException e)
        {
            return Say($"The database cannot be used: {e.Message}", ExitCode.NoDatabase);
        }
        catch (ArgumentException e) when (e.Source is "Npgsql")
        {
            return Say($"The connection string cannot be read: {e.Message}", ExitCode.BadUsage);
        }
        catch (Exception e) when (e is SettingsException or OptionsValidationException or RulePackException or LeaseLostException)
        {
            return Say(e.Message, ExitCode.Refused);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or FormatException)
        {
            return Say(e.Message, ExitCode.BadUsage);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            return Say(
                $"{e.Message} Another program listens there, perhaps this service itself. "
                + "Choose another address with --urls, for example --urls http://127.0.0.1:8081.",
                ExitCode.Refused);
        }
        catch (IOException e)
        {
            return Say(e.Message, ExitCode.Refused);
        }
        catch (OperationCanceledException)
        {
            return Say("Stopped.", ExitCode.Refused);
        }
        catch (StoreBusyException e)
        {
            return Say($"{e.Message} Run the same again in a moment.", ExitCode.Refused);
        }
    }

    /// <summary>A sentence on stderr.</summary>
    public static int Say(string message, int code)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}
