using PracticeEvents.Store;

namespace PracticeEvents.App.Inputs;

/// <summary>Imports a children in need census file, some children at a time.</summary>
internal static class CinImport
{
    private const int ChildrenAtOnce = 100;

    /// <summary>Imports the file.</summary>
    public static async Task RunAsync(Stream file, ImportLoad load)
    {
        var census = new CinCensusFile(file);
        var chunk = new List<CinElement>();
        var inChunk = new HashSet<string>(StringComparer.Ordinal);
        foreach (var child in census.Children())
        {
            // A child that comes twice must be compared with what its first coming added.
            if (chunk.Count == ChildrenAtOnce || (CinCensus.ChildOf(child) is { } id && !inChunk.Add(id)))
            {
                await StoreAsync(census.LaCode, chunk, load);
                chunk.Clear();
                inChunk.Clear();
                inChunk.UnionWith(CinCensus.ChildOf(child) is { } first ? [first] : []);
            }

            chunk.Add(child);
        }

        await StoreAsync(census.LaCode, chunk, load);
        if (census.Broken is { } broken)
        {
            load.Refusals.Add(broken);
        }
    }

    private static async Task StoreAsync(string laCode, List<CinElement> chunk, ImportLoad load)
    {
        var now = load.Now;
        var read = await CinIntake.ReadAsync(laCode, chunk, load.Store, now, load.Stop);
        var deliveries = chunk.Zip(read, (element, child) => CinIntake.Deliveries(ImportFile.Sender, laCode, element, child, load.Name, now)).SelectMany(d => d).ToList();
        var receipts = await load.StoreAsync(deliveries, chunk.Count);
        foreach (var child in read)
        {
            load.Counts.Add(child.Counts);
            load.Refusals.AddRange(child.Refusals);
            load.Notes.AddRange(child.Notes);
        }

        // Only if another import of the same file wrote between our reading and our writing.
        load.Refusals.AddRange(deliveries.Zip(receipts)
            .Where(d => d.First.Refusal is null && d.Second.Fate is Fate.Quarantined or Fate.Conflict)
            .Select(d => new Refused(d.First.Key ?? "", d.Second.Reason ?? "The child's stream had moved on.")));
    }
}
