using Npgsql;
using PracticeEvents.App.Process;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Views;

/// <summary>Reads views: live from their tables, or as was known at an instant by working the same rows out of the log as it stood then.</summary>
internal sealed class ViewReader(NpgsqlDataSource source, EventStore store, RuleBook rules)
{
    /// <summary>Rows of a view, of some children or of all.</summary>
    /// <param name="view">The view.</param>
    /// <param name="children">Only these children; nothing for all.</param>
    /// <param name="asAt">As was known at this instant; nothing for now.</param>
    /// <param name="ct">Stops it.</param>
    public Task<IReadOnlyList<TRow>> RowsAsync<TRow>(View<TRow> view, IReadOnlyCollection<string>? children, DateTimeOffset? asAt, CancellationToken ct)
        where TRow : class => RowsAsync(view, children, Part<TRow>.Whole, asAt, ct);

    /// <summary>The rows of a part of a view, of some children or of all.</summary>
    /// <param name="view">The view.</param>
    /// <param name="children">Only these children; nothing for all.</param>
    /// <param name="part">Which rows.</param>
    /// <param name="asAt">As was known at this instant; nothing for now.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<TRow>> RowsAsync<TRow>(
        View<TRow> view, IReadOnlyCollection<string>? children, Part<TRow> part, DateTimeOffset? asAt, CancellationToken ct)
        where TRow : class
    {
        if (asAt is { } instant)
        {
            return [.. (await PicturesAsync(children, instant, ct)).SelectMany(view.Rows).Where(part.Holds)];
        }

        var names = string.Join(", ", view.Columns.Select(c => c.Name));
        var key = view.Columns[0].Name;
        var values = new List<object>();
        var which = SqlText.Of(part.Sql, values);
        if (children is not null)
        {
            values.Add(children.ToArray());
            which = $"({which}) and {key} = any(${values.Count})";
        }

        await using var command = source.CreateCommand($"select {names} from practice.{view.Name} where {which} order by {key}");
        values.ForEach(value => command.Parameters.AddWithValue(value));

        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<TRow>();
        while (await reader.ReadAsync(ct))
        {
            if (View<TRow>.Read(reader) is var row && part.Holds(row))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>The picture of one child, now or as was known at an instant; nothing when the child was not known.</summary>
    public async Task<ChildPicture?> PictureAsync(string child, DateTimeOffset? asAt, CancellationToken ct)
    {
        var events = await store.ReadStreamAsync(ChildPicture.StreamOf(child), receivedBy: asAt, ct: ct);
        return events.Count == 0 ? null : ChildPicture.Of(child, events, rules);
    }

    private async Task<List<ChildPicture>> PicturesAsync(IReadOnlyCollection<string>? children, DateTimeOffset asAt, CancellationToken ct)
    {
        if (children is not null)
        {
            var streams = await store.ReadStreamsAsync([.. children.Select(ChildPicture.StreamOf)], asAt, ct);
            return [.. streams.Select(s => ChildPicture.Of(s.Key[ChildPicture.StreamPrefix.Length..], s.Value, rules))];
        }

        var pictures = new List<ChildPicture>();
        await foreach (var stream in store.LoadAllStreamsAsync(ChildPicture.StreamPrefix, asAt, ct: ct))
        {
            pictures.Add(ChildPicture.Of(stream[0].Stream[ChildPicture.StreamPrefix.Length..], stream, rules));
        }

        return pictures;
    }
}
