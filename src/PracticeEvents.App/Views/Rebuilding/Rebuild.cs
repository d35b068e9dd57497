using Npgsql;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Views.Rebuilding;

/// <summary>Says how far a rebuild has come.</summary>
/// <param name="share">From 0 to 1; nothing when that cannot be told.</param>
/// <param name="told">What is being done.</param>
internal delegate void RebuildReport(double? share, string? told);

/// <summary>What a rebuild came to.</summary>
/// <param name="Tables">What it changed, table by table.</param>
/// <param name="Stopped">How many streams could not be worked through; their rows stay as they were.</param>
internal sealed record Rebuilt(IReadOnlyList<ViewDifference> Tables, int Stopped);

/// <summary>Works views and alerts out anew from every event, into tables beside the live ones, and puts those in their place in an instant. The live tables are read and
/// written meanwhile as ever.</summary>
internal sealed class Rebuild(NpgsqlDataSource source, EventStore store, ViewTables views, RuleBook rules, ILogger<Rebuild> log)
{
    // With so few streams left to catch up with, the writers can wait for them.
    private const int Few = 50;
    private const int MostRounds = 20;

    /// <summary>Rebuilds some views.</summary>
    /// <param name="which">Which.</param>
    /// <param name="swap">False to find out what would change, and change nothing.</param>
    /// <param name="report">Told how far it has come.</param>
    /// <param name="ct">Stops it; nothing is changed then.</param>
    /// <param name="examples">How many rows to name of each kind of difference.</param>
    /// <exception cref="Hosting.SettingsException">Another rebuild is at work, or the tables are read without a break.</exception>
    public Task<Rebuilt> ViewsAsync(IReadOnlyList<IView> which, bool swap, RebuildReport? report, CancellationToken ct, int examples = ViewDifference.Few) =>
        RunAsync(new ViewRecipe(which, rules), swap, examples, report, ct);

    /// <summary>Rebuilds the alerts and their feed likewise.</summary>
    public Task<Rebuilt> AlertsAsync(bool swap, RebuildReport? report, CancellationToken ct, int examples = ViewDifference.Few) =>
        RunAsync(new AlertRecipe(), swap, examples, report, ct);

    /// <summary>Fills the views that are new or whose definition changed, while the old tables serve whoever reads them, and returns when they are in place.</summary>
    public async Task FillChangedAsync(RebuildReport? report, CancellationToken ct)
    {
        await using var shadow = await ShadowTables.OpenAsync(source, wait: true, ct);

        // Whoever had the lock before may have filled them.
        if (await views.ChangedAsync(ct) is [_, ..] changed)
        {
            var recipe = new ViewRecipe(changed, rules);
            await Swap.RunAsync(shadow, recipe, await FillAsync(shadow, recipe, report, ct), ct);
        }
    }

    private async Task<Rebuilt> RunAsync(IRecipe recipe, bool swap, int examples, RebuildReport? report, CancellationToken ct)
    {
        await using var shadow = await ShadowTables.OpenAsync(source, wait: false, ct);
        var catchUp = await FillAsync(shadow, recipe, report, ct);
        report?.Invoke(null, "comparing");
        var differences = await CompareAsync(recipe.Tables, catchUp.Position, examples, ct);
        if (swap)
        {
            report?.Invoke(null, "swapping");
            await Swap.RunAsync(shadow, recipe, catchUp, ct);
        }

        return new Rebuilt(differences, catchUp.Stopped.Count);
    }

    // All at once, or one after the other beside those who work meanwhile.
    private async Task<IReadOnlyList<ViewDifference>> CompareAsync(IReadOnlyList<RebuiltTable> tables, long position, int examples, CancellationToken ct)
    {
        var (differences, gently) = (new List<ViewDifference>(), await IsAnybodyAtWorkAsync(ct));
        foreach (var some in tables.Chunk(gently ? 1 : tables.Count))
        {
            differences.AddRange(await Task.WhenAll(some.Select(t => ViewDifference.OfAsync(source, t, position, examples, gently, ct))));
        }

        return differences;
    }

    /// <summary>True while a node is alive: people read and senders send then, and must not wait for work that nobody waits for.</summary>
    public async Task<bool> IsAnybodyAtWorkAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand("select exists (select from practice.nodes where expires_at > clock_timestamp())");
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<CatchUp> FillAsync(ShadowTables shadow, IRecipe recipe, RebuildReport? report, CancellationToken ct)
    {
        await shadow.CreateAsync(recipe.Tables, ct);
        var position = await store.HeadAsync(ct);
        var filling = new Filling(source, store, recipe, gently: await IsAnybodyAtWorkAsync(ct));
        await filling.RunAsync(share => report?.Invoke(share, null), ct);
        report?.Invoke(null, "indexing and catching up");
        await shadow.IndexAsync(recipe.Tables, ct);
        var catchUp = new CatchUp(source, store, recipe, await shadow.SameShapeAsync(recipe.Tables, ct), log) { Position = position };
        await catchUp.ReplaceAllAsync(shadow.Connection, filling.Stopped, ct);
        for (var round = 0; round < MostRounds && await catchUp.RunAsync(shadow.Connection, ct) > Few; round++)
        {
        }

        return catchUp;
    }
}
