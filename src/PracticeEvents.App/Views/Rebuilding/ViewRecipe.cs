using Npgsql;
using PracticeEvents.App.Process;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Views.Rebuilding;

/// <summary>Views from the events of the children: each child's rows are the function of its whole history that the live process uses too.</summary>
internal sealed class ViewRecipe(IReadOnlyList<IView> views, RuleBook rules) : IRecipe
{
    // A child's live rows lack what the process has not worked through yet, and the new ones what came after they were made. After much has come at once, a child's turn may come
    // when the position has long moved on; and of a child who is not watched they are what they were.
    private const string SeenByBoth = "least($1, (select coalesce(min(p.last_seq_id), 0) from public.mt_event_progression p where p.name like 'Timescales:%'))";

    private const string Steady = $"""
        not exists (
            select from public.mt_events e
            where e.seq_id > $1 and not e.is_archived and starts_with(e.stream_id, '{ChildPicture.StreamPrefix}') and substring(e.stream_id from 7) = t.child)
        and not exists (select from practice.timers w where w.owner = t.child and {Everyone.IsToBeLookedAt})
        and not exists (select from practice.unmonitored u where u.child = t.child)
        """;

    public Selection Events { get; } = new(ChildPicture.StreamPrefix);

    public IReadOnlyList<RebuiltTable> Tables { get; } = [.. views.Select(view => new RebuiltTable(
        view.Name, [.. view.Columns.Select(c => (c.Name, c.SqlType))], view.Key, schema => ViewTables.Create(view, schema), schema => ViewTables.Index(view, schema))
    {
        Owner = (view.Columns[0].Name, "text", stream => [ChildOf(stream)]),
        SeenByBoth = SeenByBoth,
        Steady = Steady,
    })];

    public string WriteLock => "share row exclusive";

    public IReadOnlyList<IEnumerable<object?[]>> Rows(IReadOnlyList<StoredEvent> stream)
    {
        var child = ChildPicture.Of(ChildOf(stream), stream, rules);
        return [.. views.Select(view => view.Values(child))];
    }

    public Task SwappedAsync(NpgsqlConnection connection, CancellationToken ct) => ViewTables.NoteAsync(connection, views, ct);

    private static string ChildOf(IReadOnlyList<StoredEvent> stream) => stream[0].Stream[ChildPicture.StreamPrefix.Length..];
}
