using PracticeEvents.Benchmarks.Machine;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>What the rows of one run share.</summary>
internal sealed class Ground(Server server) : IAsyncDisposable
{
    private Authority? authority;

    /// <summary>The cluster.</summary>
    public Server Server => server;

    /// <summary>A database with an invented authority in it, imported; nothing until a row has made one.</summary>
    public (Fresh Database, long Events)? Imported { get; private set; }

    /// <summary>The invented authority as a file, written once.</summary>
    public async Task<Authority> AuthorityAsync() => authority ??= await Authority.WriteAsync(Path.Combine(server.Folder, "authority.ndjson"), Knobs.Children);

    /// <summary>Keeps an imported database for the rows after; the one before is dropped.</summary>
    public async Task KeepAsync(Fresh database, long events)
    {
        if (Imported is { } before)
        {
            await before.Database.DisposeAsync();
        }

        Imported = (database, events);
    }

    public async ValueTask DisposeAsync() => await (Imported?.Database.DisposeAsync() ?? ValueTask.CompletedTask);
}

/// <summary>An invented authority in a file.</summary>
/// <param name="File">The file: CloudEvents, one on each line, in the order in which they were recorded, so that children are interleaved as in life.</param>
/// <param name="Events">How many.</param>
internal sealed record Authority(string File, int Events)
{
    /// <summary>Writes one.</summary>
    public static async Task<Authority> WriteAsync(string path, int children)
    {
        await Practice.RunAsync("generate", "--seed", "20", "--children", $"{children}", "--out", path);
        return new Authority(path, System.IO.File.ReadLines(path).Count());
    }
}
