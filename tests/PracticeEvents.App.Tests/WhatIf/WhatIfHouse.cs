using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Tests.Process;
using PracticeEvents.App.WhatIf;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;
using Xunit;

namespace PracticeEvents.App.Tests.WhatIf;

/// <summary>A council with ten weeks behind it, looked at again.</summary>
public abstract class WhatIfHouse : Council
{
    // The council's own first events.
    private int sent = 4;

    internal WhatIfRun Run => Services.GetRequiredService<WhatIfRun>();

    /// <summary>Tells something later on: everything due until then is said before.</summary>
    /// <returns>The id of the first of the events.</returns>
    protected async Task<string> TellAsync(DateTimeOffset at, params PracticeEvent[] events)
    {
        await MoveToAsync(at);
        await SendAsync(events);
        var first = string.Create(CultureInfo.InvariantCulture, $"e{sent + 1}");
        sent += events.Length;
        return first;
    }

    /// <summary>Ten weeks with late facts, corrections, a fact withdrawn, another manager and a worker who leaves.</summary>
    protected async Task TenWeeksAsync()
    {
        await TellAsync(At(3, 2, 10), Conference(Day(2, 18)), new CoreGroupHeld { Child = "c1", On = new(Day(2, 27)) });
        await TellAsync(At(3, 5, 11), new CaseAllocated { Child = "c2", Worker = "sw2", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(3, 3)) });
        var conference = await TellAsync(At(3, 6, 9), Conference(Day(3, 4), "c2"));
        await TellAsync(At(3, 10, 9), new TeamRegistered { Team = "t1", Service = "s1", TeamManager = "tm2", HeadOfService = "hos1", On = new(Day(3, 10)) });
        await TellAsync(At(3, 12, 9), new Corrected
        {
            Child = "c2",
            On = new(Day(3, 12)),
            Event = conference,
            Data = JsonSerializer.SerializeToElement(new { child = "c2", on = "2026-02-23", outcome = "plan" }),
        });
        var visit = await TellAsync(At(3, 19, 16), Visit("c1", Day(3, 17)));
        await TellAsync(At(3, 24, 9), new RecordedInError { Child = "c1", On = new(Day(3, 24)), Event = visit });
        await TellAsync(At(3, 27, 9), Visit("c1", Day(3, 3)), Visit("c2", Day(3, 26)));
        await TellAsync(At(4, 2, 9), new WentMissing { Child = "c2", On = Happened.AtInstant(At(4, 1, 20)) });
        await TellAsync(At(4, 3, 9), new ReturnedFromMissing { Child = "c2", On = Happened.AtInstant(At(4, 2, 21)) });
        await TellAsync(At(4, 14, 9), new WorkerRegistered { Worker = "sw2", Roles = [Role.SocialWorker], Team = "t1", On = new(Day(4, 14)) });
        await TellAsync(At(4, 16, 9), new WorkerLeft { Worker = "sw2", On = new(Day(4, 15)) });
        await TellAsync(
            At(4, 20, 9),
            new BecameLookedAfter { Child = "c3", On = new(Day(4, 13)) },
            new CaseAllocated { Child = "c3", Worker = "sw1", Team = "t1", Role = CaseRole.SocialWorker, On = new(Day(4, 13)) });
        await TellAsync(At(4, 29, 9), new CoreGroupHeld { Child = "c2", On = new(Day(4, 28)) }, Visit("c1", Day(4, 28)));
        await TellAsync(At(5, 8, 9), new LegalGatewayHeld { Child = "c1", On = new(Day(5, 8)), Decision = GatewayDecision.Issue });
        await MoveToAsync(At(5, 10, 12));
    }

    protected static VisitRecorded Visit(string child, DateOnly on) => new() { Child = child, On = new(on), Purpose = VisitPurpose.ChildProtection, Seen = true };

    /// <summary>What the log says that people were told, as a replay would put it: not what was quiet, nor what was said late.</summary>
    protected async Task<IReadOnlyList<string>> ToldAsync(DateOnly from)
    {
        await using var command = Source.CreateCommand("""
            select data ->> 'alert', data ->> 'stage', data ->> 'due', timestamp from public.mt_events
            where type in ('alert_raised', 'alert_stage_reached') and not coalesce((data ->> 'quiet')::boolean, false) and data ->> 'saidLate' is null
              and data ->> 'alert' not in (select id from practice.alerts where rule = 'uncovered-duty')
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var told = new List<string>();
        while (await reader.ReadAsync())
        {
            Assert.True(Happened.TryParse(reader.GetString(2), out var due));
            var on = London.DateOf(reader.GetFieldValue<DateTimeOffset>(3));
            if (on >= from)
            {
                told.Add(Line(reader.GetString(0), reader.GetString(1), new DueDate(due.Date, due.At?.ToUniversalTime()), on));
            }
        }

        return [.. told.Order(StringComparer.Ordinal)];
    }

    /// <summary>The same of a replay by the rules in use.</summary>
    protected async Task<IReadOnlyList<string>> ReplayedAsync(DateOnly from, DateOnly to) =>
        [
            .. (await Run.ReplayAsync(new WhatIfPeriod(from, to, AsReceived: true), default))
                .Select(s => Line(s.Alert, EventName.Word(s.Stage), s.Due, s.On))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Rows of every table, for "nothing is written". Whoever asks has a token of their own.</summary>
    protected async Task<IReadOnlyList<string>> RowsAsync()
    {
        var rows = new List<string>();
        foreach (var table in await QueryAsync(
            "select schemaname || '.' || tablename from pg_tables where schemaname in ('public', 'practice') and tablename <> 'tokens' order by 1"))
        {
            rows.AddRange(await QueryAsync($"select '{table} ' || count(*) from {table}"));
        }

        return rows;
    }

    /// <summary>Asks over HTTP.</summary>
    protected async Task<(HttpStatusCode Status, JsonElement Answer)> AskAsync(string changes, params Role[] roles)
    {
        using var reader = await ReaderAsync("somebody", roles);
        using var body = new StringContent($$"""{ "from": "2026-03-02", "to": "2026-05-10", "changes": {{changes}} }""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await reader.PostAsync("/api/what-if", body);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    private static string Line(string alert, string stage, DueDate due, DateOnly on) => $"{alert} {stage} due {due.InUtc} on {on:yyyy-MM-dd}";
}
