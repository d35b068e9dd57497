using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;
using PracticeEvents.App.Access;
using PracticeEvents.App.Api;
using PracticeEvents.App.Children;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Web.Pages.StatusPages;

/// <summary>Is the service up to date, and what is connected? The same figures as <c>/health/detail</c>, in sentences.</summary>
[Authorize]
internal sealed class IndexModel(
    NpgsqlDataSource source, EventStore store, HealthReader health, Inbox inbox, StructureReader structures, ViewReader reader,
    ChildrenView children, RuleBook rules, TimeProvider time) : PageModel
{
    public HealthDetail Health { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; }

    /// <summary>When the newest event was received; nothing while there is none.</summary>
    public DateTimeOffset? LastEvent { get; private set; }

    public IReadOnlyDictionary<InboxStatus, long> Deliveries { get; private set; } = new Dictionary<InboxStatus, long>();

    /// <summary>Senders and when each was last heard, the longest silent first.</summary>
    public IReadOnlyList<KeyValuePair<string, DateTimeOffset>> Heard { get; private set; } = [];

    /// <summary>Unmonitored children whom the reader may see.</summary>
    public IReadOnlyList<Unmonitored> Unwatched { get; private set; } = [];

    public string Rules => rules.Hash[..12];

    public string Calendar => rules.Calendar.Edition;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Now = time.GetUtcNow();
        Health = await health.ReadAsync(ct);
        LastEvent = Health.Head == 0 ? null : (await store.ReadAllAsync(Health.Head - 1, 1, ct: ct)).FirstOrDefault()?.ReceivedAt;
        Deliveries = await inbox.CountAsync(ct);
        Heard = [.. (await inbox.LastHeardAsync(ct)).OrderBy(h => h.Value)];
        var unwatched = await Unmonitored.All().AskAsync(source, ct);
        if (unwatched.Count > 0)
        {
            var viewer = Viewer.Of(User, await structures.ReadAsync(ct: ct));
            var seen = (await reader.RowsAsync(children, [.. unwatched.Keys], null, ct)).Where(viewer.Sees).Select(c => c.Child);
            Unwatched = [.. seen.Concat(viewer.SeesEverything ? unwatched.Keys : []).Distinct().Order(StringComparer.Ordinal).Select(c => unwatched[c])];
        }
    }
}
