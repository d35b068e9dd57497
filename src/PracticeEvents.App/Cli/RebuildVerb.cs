using System.CommandLine;
using Npgsql;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Store;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice rebuild</c>: works out every child anew, and says whether that changed anything. It should not.</summary>
internal static class RebuildVerb
{
    private const string Alerts = "alerts";
    private static readonly string[] AlertTables = [Alerts, "alert_feed"];

    public static Command Create()
    {
        var view = new Argument<string?>("VIEW") { Description = "One view only, or \"alerts\"; all when not given", Arity = ArgumentArity.ZeroOrOne };
        var json = CommonOptions.Json();
        return SessionVerb.Create("rebuild", "Fills the views anew from the events; exits with 1 when that changed a row. Example: practice rebuild obligations", [view, json], async (session, parsed, ct) =>
        {
            var views = session.Get<ViewTables>().All.Select(v => v.Name).ToList();
            var wanted = parsed.GetValue(view);
            if (wanted is not null && wanted != Alerts && !views.Contains(wanted))
            {
                return Failures.Say($"There is no view {wanted}. There is {string.Join(", ", views)}, and {Alerts}.", ExitCode.BadUsage);
            }

            string[] tables = wanted is null ? [.. views, .. AlertTables] : wanted is Alerts ? AlertTables : [wanted];
            var rebuilt = await RebuildAsync(session, tables, ct);
            var changed = rebuilt.Any(t => t.Changed);
            if (parsed.GetValue(json))
            {
                Out.Json(new { changed, tables = rebuilt });
            }
            else
            {
                Out.Table(["view", "rows before", "rows after", "changed"], [.. rebuilt.Select(t => (string[])[t.Name, Out.Count(t.Before), Out.Count(t.After), t.Changed ? "yes" : "no"])]);
                Out.Note(changed ? "Rows changed. Unless events came in meanwhile, find out why: the views are meant to say the same already." : "Nothing changed.");
            }

            return changed ? ExitCode.Found : ExitCode.Fine;
        });
    }

    private static async Task<List<Rebuilt>> RebuildAsync(Session session, string[] tables, CancellationToken ct)
    {
        var source = session.Database.Source;
        await Progress.ShowAsync("Bringing the views up to date", report => Settling.RunAsync(session.Services, share => report(share), ct));
        var before = new Dictionary<string, (long Rows, string Sum)>();
        foreach (var table in tables)
        {
            before[table] = await SumAsync(source, table, ct);
        }

        var views = session.Get<ViewTables>().All.Where(v => tables.Contains(v.Name)).ToList();
        if (views.Count > 0)
        {
            await using (var connection = await source.OpenConnectionAsync(ct))
            {
                await RemoveStraysAsync(connection, views, ct);
                await Everyone.ScheduleAsync(connection, session.Time.GetUtcNow(), ct);
            }

            await Progress.ShowAsync("Working out every child anew", report => Settling.RunAsync(session.Services, share => report(share), ct));
        }

        if (tables.Contains(Alerts))
        {
            await Progress.ShowAsync("Folding the alerts anew", _ => AlertRebuild.RunAsync(source, session.Get<EventStore>(), ct));
        }

        var rebuilt = new List<Rebuilt>();
        foreach (var table in tables)
        {
            var (rows, sum) = await SumAsync(source, table, ct);
            rebuilt.Add(new Rebuilt(table, before[table].Rows, rows, before[table].Sum != sum));
        }

        return rebuilt;
    }

    // Rows of a child of whom nothing is recorded: no child's turn would replace them.
    private static async Task RemoveStraysAsync(NpgsqlConnection connection, List<IView> views, CancellationToken ct)
    {
        foreach (var view in views)
        {
            await using var command = new NpgsqlCommand(
                $"delete from practice.{view.Name} v where not exists (select from public.mt_streams s where s.id = 'child-' || v.{view.Columns[0].Name})", connection);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static async Task<(long Rows, string Sum)> SumAsync(NpgsqlDataSource source, string table, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            $"select count(*), md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) from practice.{table} t");
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetString(1));
    }

    private sealed record Rebuilt(string Name, long Before, long After, bool Changed);
}
