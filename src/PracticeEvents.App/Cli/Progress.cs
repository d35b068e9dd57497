using System.Diagnostics;
using Spectre.Console;

namespace PracticeEvents.App.Cli;

/// <summary>Says on stderr how far something long has come: a bar on a terminal, otherwise one line when it begins and one when it is done.</summary>
internal static class Progress
{
    /// <summary>Does the work.</summary>
    /// <param name="what">What is done, such as "Importing".</param>
    /// <param name="work">The work; it says how far it has come, from 0 to 1 where that is known, and in what words.</param>
    public static async Task<T> ShowAsync<T>(string what, Func<Report, Task<T>> work)
    {
        var clock = Stopwatch.StartNew();
        if (!Out.MovesOnStderr)
        {
            Out.Note($"{what}…");
            var words = "";
            var done = await work((_, told) => words = told ?? words);
            Out.Note($"{what}: done in {clock.Elapsed.TotalSeconds:N1} s{(words.Length > 0 ? $", {words}" : "")}.");
            return done;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()).StartAsync(async bars =>
        {
            var bar = bars.AddTask(what, maxValue: 1);
            bar.IsIndeterminate = true;
            var done = await work((share, told) =>
            {
                bar.IsIndeterminate = share is null;
                bar.Value = share ?? bar.Value;
                bar.Description = told is null ? what : Markup.Escape($"{what}: {told}");
            });
            (bar.IsIndeterminate, bar.Value) = (false, 1);
            return done;
        });
    }

    /// <summary>The same for work that gives nothing.</summary>
    public static Task ShowAsync(string what, Func<Report, Task> work) => ShowAsync(what, async report =>
    {
        await work(report);
        return true;
    });

    /// <summary>Says how far something has come.</summary>
    /// <param name="share">From 0 to 1; nothing when that cannot be told.</param>
    /// <param name="told">In words; nothing for no words.</param>
    internal delegate void Report(double? share, string? told = null);
}

/// <summary>Passes reports straight on, in the order in which they come.</summary>
internal sealed class Straight<T>(Action<T> told) : IProgress<T>
{
    public void Report(T value) => told(value);
}
