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
    public async Task<IReadOnlyList<TRow>> RowsAsync<TRow>(View<TRow> view, IReadOnlyCollection<string>? children, DateTimeOffset? asAt, CancellationToken ct)
        where TRow : class
    {
        if (asAt is { } instant)
        {
            return [.. (await PicturesAsync(children, instant, ct)).SelectMany(view.Rows)];
        }

        var names = string.Join(", ", view.Columns.Select(c => c.Name));
        var key = view.Columns[0].Name;
        await using var command = source.CreateCommand(
            children is null ? $"select {names} from practice.{view.Name} order by {key}" : $"select {names} from practice.{view.Name} where {key} = any($1) order by {key}");
        if (children is not null)
        {
            command.Parameters.AddWithValue(children.ToArray());
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<TRow>();
        while (await reader.ReadAsync(ct))
        {
            var values = new object?[view.Columns.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = view.Columns[i].Property.PropertyType is var type && (type == typeof(DateOnly) || type == typeof(DateOnly?)) && !reader.IsDBNull(i)
                    ? reader.GetFieldValue<DateOnly>(i) : reader.GetValue(i);
            }

            rows.Add(view.Read(values));
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
