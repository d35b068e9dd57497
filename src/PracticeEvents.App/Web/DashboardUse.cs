using System.Collections.Concurrent;
using Microsoft.AspNetCore.Mvc.Filters;
using PracticeEvents.App.Children;
using PracticeEvents.App.Process;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Web;

/// <summary>Notes that a manager opened alerts or a team, once a day. The page is answered whatever becomes of the note.</summary>
internal sealed class DashboardUse(EventStore store, StructureReader structures, TimeProvider time, ILogger<DashboardUse> log) : IAsyncPageFilter
{
    private readonly ConcurrentDictionary<string, DateOnly> noted = new(StringComparer.Ordinal);

    /// <summary>The folders of the pages that count.</summary>
    public static IReadOnlyList<string> Folders { get; } = ["/Alerts", "/Teams"];

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var done = await next();
        if (done is { Exception: null, Canceled: false } && context.HttpContext.User.Identity?.Name is { } worker)
        {
            await NoteAsync(worker, time.GetUtcNow(), context.HttpContext.RequestAborted);
        }
    }

    private async Task NoteAsync(string worker, DateTimeOffset now, CancellationToken ct)
    {
        var today = London.DateOf(now);
        if (noted.GetValueOrDefault(worker) == today)
        {
            return;
        }

        try
        {
            // The page has read it a moment ago, to tell what its reader may see.
            var structure = structures.LastRead ?? await structures.ReadAsync(ct: ct);
            if (!structure.Teams.Values.Any(t => structure.ManagerOf(t) == worker || t.Head == worker))
            {
                return;
            }

            await store.AppendAsync([OwnEvents.New(new DashboardOpened { Worker = worker, On = new(today) }, new Dictionary<string, Alerts.StoredAlert>(), now)], ct);
            noted[worker] = today;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.DashboardUseNotNoted(e);
        }
    }
}
