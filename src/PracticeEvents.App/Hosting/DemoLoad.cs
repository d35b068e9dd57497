using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using PracticeEvents.App.Access;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Synthetic;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Hosting;

/// <summary>Loads an invented authority as a quiet load of history. What was begun can be gone on with: its name says which plan it was.</summary>
internal sealed partial class DemoLoad(EventStore store, NpgsqlDataSource source, Labels labels, TimeProvider time)
{
    /// <summary>The format that the event which ends the load names.</summary>
    public const string Format = "synthetic";

    private const string Sender = "generate";
    private const string OwnSource = "/generate";
    private const int EventsAtOnce = 2000;
    private const int BatchesUnderWay = 3;

    /// <summary>The name of the load of a plan.</summary>
    public static string NameOf(AuthorityPlan plan) => string.Create(
        CultureInfo.InvariantCulture, $"synthetic-{plan.Seed}-{plan.OpenChildren}-{plan.MonthsOfHistory}-{plan.Now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");

    /// <summary>The plan that a load was made from; nothing when it is not the name of such a load.</summary>
    public static AuthorityPlan? PlanOf(string name) => LoadName().Match(name) is { Success: true } match
        ? new AuthorityPlan(
            Number(match, 1), Number(match, 2),
            DateTimeOffset.ParseExact(match.Groups[4].Value, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), Number(match, 3))
        : null;

    /// <summary>The load that the database has, finished or not; nothing when no authority was ever loaded.</summary>
    public async Task<(string Name, bool Finished)?> FindAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            select b.load, exists (select from public.mt_events f where f.type = 'load_finished' and f.data ->> 'load' = b.load)
            from (select headers ->> 'load' as load from public.mt_events
                  where type = 'team_registered' and headers ->> 'source' = $1 and headers ->> 'load' is not null order by seq_id limit 1) b
            """);
        command.Parameters.AddWithValue(SyntheticAuthority.Source);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetString(0), reader.GetBoolean(1)) : null;
    }

    /// <summary>Loads the authority of a plan: teams and workers, then each family, then the event that ends the load, and the labels.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="settle">Works through what is new. The rules and the teams must be known before any child, or its history would be told as news.</param>
    /// <param name="progress">Told how many events are loaded.</param>
    /// <param name="ct">Stops it; the same plan can be gone on with.</param>
    /// <returns>How many events were added.</returns>
    public async Task<int> RunAsync(AuthorityPlan plan, Func<CancellationToken, Task> settle, IProgress<int>? progress, CancellationToken ct)
    {
        var load = NameOf(plan);
        await settle(ct);
        foreach (var kind in SyntheticAuthority.Labels(plan).GroupBy(l => l.Kind))
        {
            await labels.SetAsync(kind.Key, kind.ToDictionary(l => l.Reference, l => l.Label), ct);
        }

        var added = 0;
        var files = SyntheticAuthority.Files(plan);
        await AppendAsync(files.First().Select(e => Read(e, plan, load)));
        await settle(ct);
        var underWay = new Queue<Task>();
        foreach (var batch in Batches(files.Skip(1)))
        {
            if (underWay.Count == BatchesUnderWay)
            {
                await underWay.Dequeue();
            }

            underWay.Enqueue(AppendAsync(batch.Select(e => Read(e, plan, load))));
        }

        await Task.WhenAll(underWay);
        var told = added;
        var finished = new LoadFinished { On = new Happened(London.DateOf(time.GetUtcNow())), Load = load, Format = Format, Events = told };
        await AppendAsync([new Incoming(OwnSource, load, finished, Load: load)]);
        return told;

        async Task AppendAsync(IEnumerable<Incoming> events)
        {
            var now = time.GetUtcNow();
            var appended = await store.AppendAsync([.. events.Select(e => e.ToNewEvent(now, Sender))], ct);
            if (appended.Any(a => a.Fate is not (Fate.Accepted or Fate.Duplicate)))
            {
                throw new SettingsException("This database holds another history under the same names. Load the authority into an empty database.");
            }

            progress?.Report(Interlocked.Add(ref added, appended.Count(a => a.Fate is Fate.Accepted)));
        }
    }

    // A family comes whole in one commit: nothing is worked out from half a history.
    private static IEnumerable<IReadOnlyList<SyntheticEvent>> Batches(IEnumerable<IReadOnlyList<SyntheticEvent>> files)
    {
        var batch = new List<SyntheticEvent>();
        foreach (var file in files)
        {
            batch.AddRange(file);
            if (batch.Count >= EventsAtOnce)
            {
                yield return batch;
                batch = [];
            }
        }

        yield return batch;
    }

    private static Incoming Read(SyntheticEvent e, AuthorityPlan plan, string load)
    {
        var reading = EventReader.FromBody(e.Type, JsonSerializer.SerializeToElement(e.Data), null, London.DateOf(plan.Now));
        return new Incoming(SyntheticAuthority.Source, e.Id, reading.Event!, e.Time, e.RecordedTime, Load: load);
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^synthetic-(-?\d+)-(\d+)-(\d+)-(\d{8}T\d{6}Z)\z", RegexOptions.CultureInvariant)]
    private static partial Regex LoadName();
}
