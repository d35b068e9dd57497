using System.Net.Http.Headers;
using PracticeEvents.App.Access;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Benchmarks.Year;

/// <summary>People at work: each working day, first thing, most of them look at their alerts, read what they must know, and take on half of
/// what is overdue. How many do is the run's own choice, drawn evenly by a fixed seed; no published figure says.</summary>
internal sealed class Office : IAsyncDisposable
{
    /// <summary>In a thousand: how many read something to know on a given working day.</summary>
    public const int Reads = 850;

    /// <summary>In a thousand: of the alerts about overdue work, how many somebody takes on on a given working day.</summary>
    public const int TakesOn = 500;

    private readonly Fresh database;
    private readonly HttpClient client;
    private readonly Random random = new(20);
    private readonly Dictionary<string, string> tokens = new(StringComparer.Ordinal);
    private readonly DateTimeOffset begins;

    private Office(Fresh database, Uri address, DateTimeOffset begins)
    {
        (this.database, this.begins) = (database, begins);
        client = new HttpClient { BaseAddress = address };
    }

    /// <summary>How often a person said something to an alert, and how often they were refused because it was over by then.</summary>
    public (int Said, int Refused) Done { get; private set; }

    public static Task<Office> OpenAsync(Fresh database, Uri address, DateTimeOffset begins) => Task.FromResult(new Office(database, address, begins));

    /// <summary>What people do at one hour of a day.</summary>
    public async Task WorkAsync(DateOnly day, bool isMorning, DateTimeOffset now)
    {
        if (!isMorning || day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            return;
        }

        foreach (var (id, to, stage) in await OpenAsync())
        {
            if (random.Next(1000) < (stage == "to_know" ? Reads : TakesOn))
            {
                await SayAsync(id, to, stage == "to_know" ? "read" : "acknowledge");
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<List<(string Id, string To, string Stage)>> OpenAsync()
    {
        await using var command = database.Source.CreateCommand("""
            select a.id, a.recipient, a.stage from practice.alerts a join public.mt_events e on e.stream_id = 'alert-' || a.id and e.version = 1
            where a.status = 'open' and a.stage in ('to_know', 'overdue') and e.data ->> 'load' is null order by a.raised_at, a.id
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var open = new List<(string, string, string)>();
        while (await reader.ReadAsync())
        {
            open.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }

        return open;
    }

    private async Task SayAsync(string id, string worker, string what)
    {
        if (!tokens.TryGetValue(worker, out var token))
        {
            tokens[worker] = token = await new Tokens(database.Source).CreateAsync(worker, [Role.SocialWorker], begins, default);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/alerts/{id}/{what}") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await client.SendAsync(request);
        Done = answer.IsSuccessStatusCode ? (Done.Said + 1, Done.Refused) : (Done.Said, Done.Refused + 1);
    }
}
