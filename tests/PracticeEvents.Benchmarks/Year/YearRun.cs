using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PracticeEvents.App.Hosting;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Synthetic;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.Benchmarks.Year;

/// <summary>An average authority lives through a year: everything recorded before is loaded as history, then each event comes when it was
/// recorded, the clock of a rehearsal goes from one to the next, and people read and take on what they are told. What they were told is
/// counted.</summary>
internal static class YearRun
{
    // An authority's share of the children in need of England on 31 March 2025 is some 2,600 (403,000 in 153 authorities): Children in need statistics, Department for Education.
    private static int Children => Knobs.YearChildren;

    // Events that are recorded between two of these come at the later one.
    private static readonly TimeOnly[] Hours = [new(9, 30), new(11, 0), new(13, 0), new(15, 0), new(17, 0), new(21, 0)];

    public static async Task<int> RunAsync()
    {
        var ends = London.At(new DateOnly(2026, 10, 31), new TimeOnly(23, 0));
        var begins = London.At(new DateOnly(2025, 11, 1), TimeOnly.MinValue);
        var plan = new AuthorityPlan(20, Children, ends, 24);
        var events = SyntheticAuthority.Events(plan).ToList();
        var history = events.TakeWhile(e => e.RecordedTime < begins).ToList();
        await using var server = await Server.StartAsync();
        await using var database = await server.FreshAsync();
        await using (var store = new EventStore(database.Source, NullLogger<EventStore>.Instance))
        {
            await LoadAsync(store, history, plan, begins);
        }

        Console.Error.WriteLine($"{history.Count:N0} events of history are loaded, {events.Count - history.Count:N0} come in the year.");
        var (service, address) = await Practice.ServeAsync(database, "--rehearsal", Instant(begins));
        await using (service)
        {
            using var client = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
            await MoveAsync(client, begins.AddMinutes(20));
            await using var office = await Office.OpenAsync(database, address, begins);
            await LiveAsync(database, client, office, events.Skip(history.Count), plan, begins, ends);
            await YearPage.WriteAsync(await YearTally.OfAsync(database, begins, ends, office), Children, events.Count - history.Count, await Description.OfAsync(server));
        }

        return 0;
    }

    private static async Task LoadAsync(EventStore store, IReadOnlyList<SyntheticEvent> history, AuthorityPlan plan, DateTimeOffset begins)
    {
        const string load = "before-the-year";
        foreach (var batch in history.Chunk(2000))
        {
            await store.AppendAsync([.. batch.Select(e => Read(e, plan, load).ToNewEvent(begins, "year"))]);
        }

        var finished = new LoadFinished { On = new(London.DateOf(begins)), Load = load, Format = DemoLoad.Format, Events = history.Count };
        await store.AppendAsync([new Incoming("/year", load, finished, Load: load).ToNewEvent(begins, "year")]);
    }

    private static async Task LiveAsync(
        Fresh database, HttpClient client, Office office, IEnumerable<SyntheticEvent> events, AuthorityPlan plan,
        DateTimeOffset begins, DateTimeOffset ends)
    {
        await using var store = new EventStore(database.Source, NullLogger<EventStore>.Instance);
        using var next = events.GetEnumerator();
        var isMore = next.MoveNext();
        for (var day = London.DateOf(begins); London.At(day, Hours[^1]) < ends; day = day.AddDays(1))
        {
            foreach (var hour in Hours)
            {
                var now = London.At(day, hour);
                await MoveAsync(client, now);
                var come = new List<NewEvent>();
                for (; isMore && next.Current.RecordedTime <= now; isMore = next.MoveNext())
                {
                    come.Add(Read(next.Current, plan, null).ToNewEvent(now, "year"));
                }

                foreach (var batch in come.Chunk(500))
                {
                    await store.AppendAsync(batch);
                }

                await office.WorkAsync(day, hour == Hours[0], now);
            }

            if (day.Day == 1)
            {
                Console.Error.WriteLine($"{day:yyyy-MM-dd}");
            }
        }

        await MoveAsync(client, ends);
    }

    private static Incoming Read(SyntheticEvent e, AuthorityPlan plan, string? load)
    {
        var reading = EventReader.FromBody(e.Type, JsonSerializer.SerializeToElement(e.Data), null, London.DateOf(plan.Now));
        return new Incoming(SyntheticAuthority.Source, e.Id, reading.Event!, e.Time, e.RecordedTime, Load: load);
    }

    private static async Task MoveAsync(HttpClient client, DateTimeOffset to)
    {
        using var answer = await client.PostAsJsonAsync("/rehearsal/clock", new { now = Instant(to) });
        answer.EnsureSuccessStatusCode();
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
