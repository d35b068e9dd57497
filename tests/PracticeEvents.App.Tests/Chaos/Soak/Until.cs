using System.Diagnostics;
using PracticeEvents.Store;

namespace PracticeEvents.App.Tests.Chaos;

/// <summary>Waits on conditions in a world where the database comes and goes.</summary>
internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Waits until something holds. A passing fault of the database counts as "not yet".</summary>
    /// <exception cref="TimeoutException">It did not come to hold.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                if (await condition())
                {
                    return;
                }
            }
            catch (Exception e) when (Transient.Is(e))
            {
                // The database is away for a moment.
            }

            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new InvalidOperationException($"Waited in vain until {what}.");
            }

            await Task.Delay(20);
        }
    }
}
