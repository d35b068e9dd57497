using System.Globalization;
using System.Security.Cryptography;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Inputs;

/// <summary>How far an import has come.</summary>
/// <param name="Read">Children or events read.</param>
/// <param name="Added">Events appended.</param>
internal sealed record ImportProgress(int Read, int Added);

/// <summary>What an import came to.</summary>
/// <param name="Format">The file's format.</param>
/// <param name="Load">The load's name.</param>
/// <param name="Added">Events appended.</param>
/// <param name="Counts">Every value read, by name, and what became of it.</param>
/// <param name="Refusals">What could not be taken, and why.</param>
/// <param name="Notes">What was taken though it contradicts itself.</param>
internal sealed record ImportResult(
    string Format, string Load, int Added, Tally Counts, IReadOnlyList<Refused> Refusals, IReadOnlyList<Refused> Notes);

/// <summary>
/// Imports a file of history. The file is never taken into memory whole. Its events carry the load's name, and after the last of them comes the event
/// that ends the load; the same file again adds nothing and ends nothing.
/// </summary>
internal static class ImportFile
{
    /// <summary>The inbox's name for whoever runs an import.</summary>
    public const string Sender = "import";

    private const string LoadSource = "/import";

    /// <summary>The formats that can be imported.</summary>
    public static IReadOnlyList<string> Formats { get; } = [CinIntake.Format, EventsEndpoint.Format, StaffImport.Format];

    /// <summary>Imports a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">One of <see cref="Formats"/>; guessed from the file when not given.</param>
    /// <param name="store">Where to.</param>
    /// <param name="clock">What time it is.</param>
    /// <param name="progress">Told after each chunk.</param>
    /// <param name="ct">Stops after the chunk that is under way; the same file can be imported again.</param>
    /// <exception cref="FormatException">The format is not known and cannot be guessed.</exception>
    public static async Task<ImportResult> ImportAsync(
        string path, string? format, EventStore store, TimeProvider clock, IProgress<ImportProgress>? progress = null, CancellationToken ct = default)
    {
        format ??= await GuessAsync(path, ct);
        var begun = clock.GetUtcNow();
        var load = new ImportLoad(await NameAsync(path, begun, ct), store, clock, progress, ct);
        await using var file = File.OpenRead(path);
        switch (format)
        {
            case CinIntake.Format:
                await CinImport.RunAsync(file, load);
                break;
            case EventsEndpoint.Format:
                await CloudEventsImport.RunAsync(file, load);
                break;
            case StaffImport.Format:
                await StaffImport.RunAsync(file, load);
                break;
            default:
                throw new FormatException($"There is no format '{format}'; it is one of {string.Join(", ", Formats)}.");
        }

        if (load.Added > 0)
        {
            await FinishAsync(load, format, store, clock, ct);
        }

        return new ImportResult(format, load.Name, load.Added, load.Counts, load.Refusals, load.Notes);
    }

    private static async Task FinishAsync(ImportLoad load, string format, EventStore store, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var finished = new LoadFinished { On = new Happened(London.DateOf(now)), Load = load.Name, Format = format, Events = load.Added };
        await store.AppendAsync([new Incoming(LoadSource, load.Name, finished, Load: load.Name).ToNewEvent(now, Sender)], ct);
    }

    private static async Task<string> NameAsync(string path, DateTimeOffset begun, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
        return $"{hash[..12]}-{begun.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture)}";
    }

    private static async Task<string> GuessAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        using var text = new StreamReader(file);
        var head = new char[1024];
        var read = await text.ReadBlockAsync(head.AsMemory(), ct);
        return head.AsSpan(0, read).Trim() is not [var first, ..] ? throw new FormatException("The file is empty.")
            : first is '<' ? CinIntake.Format
            : first is '[' or '{' ? EventsEndpoint.Format
            : StaffImport.IsHeader(new string(head, 0, read).Split('\n')[0]) ? StaffImport.Format
            : throw new FormatException($"The file's format cannot be guessed; it is one of {string.Join(", ", Formats)}.");
    }
}
