using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>A running service with a team, asked over HTTP as programs ask it. Each test has one of its own, because it moves the clock.</summary>
public abstract class Council : RunningService, IAsyncLifetime
{
    private HttpClient? everything;

    protected static DateOnly Day(int month, int day) => new(2026, month, day);

    protected NpgsqlDataSource Source => Services.GetRequiredService<NpgsqlDataSource>();

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await SendAsync(
            new TeamRegistered { Team = "t1", Service = "s1", TeamManager = "tm1", HeadOfService = "hos1", On = new(Day(1, 5)) },
            new CaseAllocated { Child = "c1", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(1, 5)) },
            new CaseAllocated { Child = "c1", Worker = "ch1", Role = CaseRole.CpChair, On = new(Day(1, 5)) },
            new CaseAllocated { Child = "c1", Worker = "plo1", Role = CaseRole.PloCoordinator, On = new(Day(1, 5)) });
        everything = await ReaderAsync("admin", Role.Administrator);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        everything?.Dispose();
        await DisposeAsync();
    }

    /// <summary>An API client of a worker.</summary>
    protected async Task<HttpClient> ReaderAsync(string worker, params Role[] roles) => new()
    {
        BaseAddress = new Uri(Url),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(worker, roles)) },
    };

    /// <summary>The duties of a child under a rule.</summary>
    protected async Task<IReadOnlyList<JsonElement>> DutiesAsync(string child, string rule, string asAt = "") =>
        [.. (await GetAsync($"/api/children/{child}/obligations{asAt}")).Where(d => d.GetProperty("rule").GetString() == rule)];

    /// <summary>The alerts of a rule, as "worker stage status".</summary>
    protected async Task<IReadOnlyList<string>> AlertsAsync(string rule, string child = "c1") =>
    [
        .. (await GetAsync("/api/alerts?for=all")).Where(a => a.GetProperty("rule").GetString() == rule && a.GetProperty("child").GetString() == child)
            .Select(a => $"{a.GetProperty("to")} {a.GetProperty("stage")} {a.GetProperty("status")}").Order(StringComparer.Ordinal),
    ];

    protected async Task<IReadOnlyList<JsonElement>> GetAsync(string path)
    {
        using var document = JsonDocument.Parse(await everything!.GetStringAsync(path));
        return [.. document.RootElement.Clone().EnumerateArray()];
    }

    protected async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    protected static DateTimeOffset At(int month, int day, int hour = 9, int minute = 0, int second = 0) => new(2026, month, day, hour, minute, second, TimeSpan.Zero);

    protected static InitialConferenceHeld Conference(DateOnly on, string child = "c1") => new() { Child = child, On = new(on), Outcome = ConferenceOutcome.Plan };

    protected static string Text(JsonElement e, string member) => e.TryGetProperty(member, out var value) ? value.ToString() : "";
}
