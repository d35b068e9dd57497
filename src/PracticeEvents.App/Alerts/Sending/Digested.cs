namespace PracticeEvents.App.Alerts.Sending;

/// <summary>Turns a digest, which says that a loaded history left something open for a person, into word of each alert that it is about, so that each
/// is asked for, planned, seen and handed over like any other word.</summary>
internal sealed class Digested(AlertFeed feed, AlertTable alerts)
{
    /// <summary>Some entries, with what is still open of a digest's alerts in the place of each digest.</summary>
    public async Task<IReadOnlyList<FeedEntry>> SpreadAsync(IEnumerable<FeedEntry> entries, CancellationToken ct)
    {
        var spread = new List<FeedEntry>();
        foreach (var entry in entries)
        {
            if (entry.Digest is not { } digest)
            {
                spread.Add(entry);
                continue;
            }

            spread.AddRange((await alerts.LeftByLoadAsync(digest.Load, digest.Worker, ct)).Select(entry.Of));
        }

        return spread;
    }

    /// <summary>What each place in a line is about, in their order; nothing where it is gone.</summary>
    public async Task<IReadOnlyList<FeedEntry?>> EntriesAsync(IReadOnlyList<Standing> line, CancellationToken ct)
    {
        var entries = (await feed.AtAsync([.. line.Select(s => s.Position).Distinct()], ct)).ToDictionary(e => e.Position);
        var parts = (await alerts.FindAsync([.. line.Select(s => s.Alert).OfType<string>().Distinct(StringComparer.Ordinal)], ct)).ToDictionary(a => a.Id, StringComparer.Ordinal);
        return [.. line.Select(s => entries.GetValueOrDefault(s.Position) is not { } entry ? null
            : s.Alert is null ? entry
            : parts.GetValueOrDefault(s.Alert) is { } alert ? entry.Of(alert with { Stage = s.Stage ?? alert.Stage })
            : null)];
    }
}
