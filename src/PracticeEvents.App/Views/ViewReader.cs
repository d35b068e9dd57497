using Npgsql;
using PracticeEvents.App.Process;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Views;

/// <summary>Reads views: live from their tables, or as was known at an instant by working the same rows out of the log as it stood then.</summary>
internal sealed class ViewReader(NpgsqlDataSource source, EventStore store, Feeds feeds, RuleBook rules)
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
            return [.. (await ReadAtAsync(children, instant, ct)).Children.SelectMany(view.Rows).Where(part.Holds)];
        }

        return await Rows(view, part, children).AskAsync(source, ct);
    }

    /// <summary>The rows of a part of a view as they are now.</summary>
    /// <param name="view">The view.</param>
    /// <param name="part">Which rows.</param>
    /// <param name="children">Only of these children; nothing for all.</param>
    /// <param name="order">The columns that they are ordered by; nothing for the child alone.</param>
    /// <param name="most">The most that are wanted; nothing for all.</param>
    public static Query<IReadOnlyList<TRow>> Rows<TRow>(
        View<TRow> view, Part<TRow> part, IReadOnlyCollection<string>? children = null, string? order = null, int? most = null)
        where TRow : class
    {
        var (child, values) = (view.Columns[0].Name, new List<object>());
        var which = SqlText.Of(part.Sql, values);
        if (children is not null)
        {
            values.Add(children.ToArray());
            which = $"({which}) and {child} = any(${values.Count})";
        }

        var command = new NpgsqlBatchCommand(
            $"select {string.Join(", ", view.Columns.Select(c => c.Name))} from practice.{view.Name} where {which} order by {order ?? child}{(most is null ? "" : $" limit {most}")}");
        values.ForEach(value => command.Parameters.AddWithValue(value));
        return new(command, async (reader, ct) =>
        {
            var rows = new List<TRow>();
            while (await reader.ReadAsync(ct))
            {
                if (View<TRow>.Read(reader) is var row && part.Holds(row))
                {
                    rows.Add(row);
                }
            }

            return rows;
        });
    }

    /// <summary>The picture of one child, now or as was known at an instant; nothing when the child was not known.</summary>
    public async Task<ChildPicture?> PictureAsync(string child, DateTimeOffset? asAt, CancellationToken ct)
    {
        var events = await store.ReadStreamAsync(ChildPicture.StreamOf(child), receivedBy: asAt, ct: ct);
        return events.Count == 0 ? null : ChildPicture.Of(child, events, await RulesAsync(asAt, ct));
    }

    // A rule that waits for a form did not count before the first one came.
    private async Task<RuleBook> RulesAsync(DateTimeOffset? asAt, CancellationToken ct) => asAt is { } instant ? await feeds.AtAsync(instant, ct) : rules;

    /// <summary>Every child, or some, as was known at an instant (UTC).</summary>
    public async Task<Then> ReadAtAsync(IReadOnlyCollection<string>? children, DateTimeOffset asAt, CancellationToken ct)
    {
        var (then, pictures, unreadable) = (await feeds.AtAsync(asAt, ct), new List<ChildPicture>(), new HashSet<string>(StringComparer.Ordinal));
        if (children is not null)
        {
            foreach (var (stream, events) in await store.ReadStreamsAsync([.. children.Select(ChildPicture.StreamOf)], asAt, ct))
            {
                Add(stream, events);
            }
        }
        else
        {
            await foreach (var events in store.LoadAllStreamsAsync(ChildPicture.StreamPrefix, asAt, ct: ct))
            {
                Add(events[0].Stream, events);
            }
        }

        return new Then(pictures, unreadable);

        void Add(string stream, IReadOnlyList<StoredEvent> events)
        {
            var child = stream[ChildPicture.StreamPrefix.Length..];
            try
            {
                pictures.Add(ChildPicture.Of(child, events, then));
            }
            catch (UnreadableEventException)
            {
                // One child's record never takes the others' list away.
                unreadable.Add(child);
                if (ChildPicture.OfTheRest(child, RecordedFacts.OfTheRest(events), then) is { } rest)
                {
                    pictures.Add(rest);
                }
            }
        }
    }
}

/// <summary>Children as was known at an instant.</summary>
/// <param name="Children">Each child's picture.</param>
/// <param name="Unreadable">Those whose record held something that could not be read: nobody could tell what was due. Their picture is of the rest.</param>
internal sealed record Then(IReadOnlyList<ChildPicture> Children, IReadOnlySet<string> Unreadable);
