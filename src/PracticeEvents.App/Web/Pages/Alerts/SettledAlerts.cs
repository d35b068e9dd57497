using Npgsql;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Views;

namespace PracticeEvents.App.Web.Pages.Alerts;

/// <summary>When a person's alerts were settled, from what was said on the feed.</summary>
internal sealed class SettledAlerts(NpgsqlDataSource source)
{
    /// <summary>The alerts of a worker that were settled since an instant, each with when.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> SinceAsync(string worker, DateTimeOffset since, CancellationToken ct)
    {
        var values = new List<object>();
        var which = SqlText.Of(AlertFeed.SettledOf(worker, since), values);
        await using var command = source.CreateCommand($"select state ->> 'id', max(at) from practice.alert_feed where {which} group by 1");
        values.ForEach(value => command.Parameters.AddWithValue(value));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var settled = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            settled[reader.GetString(0)] = reader.GetFieldValue<DateTimeOffset>(1);
        }

        return settled;
    }
}
