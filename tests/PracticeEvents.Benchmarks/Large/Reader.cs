using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using PracticeEvents.App.Access;
using PracticeEvents.Benchmarks.Http;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Benchmarks.Large;

/// <summary>Somebody who reads pages and lists, one after the other.</summary>
internal sealed class Reader : IDisposable
{
    private readonly HttpClient client;
    private readonly IReadOnlyList<(string What, string Address)> pages;

    private Reader(HttpClient client, IReadOnlyList<(string What, string Address)> pages) => (this.client, this.pages) = (client, pages);

    /// <summary>A manager of a team and a head of service of one of the authorities and a reviewing officer, each with the pages they open.</summary>
    public static async Task<IReadOnlyList<Reader>> OfAsync(Fresh database, Uri address)
    {
        var (team, service) = (await OneAsync(database, "team"), await OneAsync(database, "service"));
        var manager = await OneAsync(database, "teamManager");
        var head = await OneAsync(database, "headOfService");
        var officer = await database.ScalarAsync<string>("select iro from practice.children where current and iro is not null group by iro order by count(*) desc, iro limit 1");
        var child = await database.ScalarAsync<string>("select min(child) from practice.children where team = $1", team);
        return
        [
            await OneAsync(database, address, manager, Role.TeamManager,
            [
                ("team page, team manager", $"/teams/{team}"), ("children page, team manager", "/children"),
                ("caseload, team manager", $"/api/caseload?team={team}"), ("drift, team manager", $"/api/drift?team={team}"),
                ("alerts page, team manager", "/alerts"), ("alerts, team manager", "/api/alerts?for=team"),
            ]),
            await OneAsync(database, address, head, Role.HeadOfService,
            [
                ("teams page, head of service", "/teams"), ("caseload, head of service", $"/api/caseload?service={service}"),
                ("drift, head of service", $"/api/drift?service={service}"), ("alerts page, head of service", "/alerts"),
                ("alerts, head of service", "/api/alerts?for=service"), ("child page, head of service", $"/children/{child}"),
                ("obligations of a child, head of service", $"/api/children/{child}/obligations"),
            ]),
            await OneAsync(database, address, officer, Role.Iro,
            [
                ("reviews page, reviewing officer", "/reviews"), ("mid-points, reviewing officer", "/api/mid-points"), ("alerts page, reviewing officer", "/alerts"),
            ]),
        ];
    }

    /// <summary>Reads each page so often, one request after the other.</summary>
    public async Task<IReadOnlyList<(string What, Latencies Latencies)>> ReadAsync(int times, CancellationToken stop = default)
    {
        var all = new List<(string, Latencies)>();
        foreach (var (what, address) in pages)
        {
            var latencies = new Latencies();
            for (var n = 0; n < times && !stop.IsCancellationRequested; n++)
            {
                var began = Stopwatch.GetTimestamp();
                using var answer = await GetAsync(address, stop);
                await answer.Content.ReadAsByteArrayAsync(stop);
                latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (!answer.IsSuccessStatusCode)
                {
                    throw new BenchException($"{address} answered {(int)answer.StatusCode}.");
                }
            }

            all.Add((what, latencies));
        }

        return all;
    }

    // Who has one team alone is sent on from the list of teams to that one, as a browser is; a client would not take its token along.
    private async Task<HttpResponseMessage> GetAsync(string address, CancellationToken stop)
    {
        var answer = await client.GetAsync(new Uri(address, UriKind.Relative), stop);
        if (answer is not { StatusCode: HttpStatusCode.Redirect, Headers.Location: { } there } || there.OriginalString.Contains("sign-in", StringComparison.Ordinal))
        {
            return answer;
        }

        answer.Dispose();
        return await client.GetAsync(there, stop);
    }

    public void Dispose() => client.Dispose();

    private static async Task<Reader> OneAsync(Fresh database, Uri address, string worker, Role role, IReadOnlyList<(string, string)> pages)
    {
        var token = await new Tokens(database.Source).CreateAsync(worker, [role], TimeProvider.System.GetUtcNow(), default);
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new Reader(client, pages);
    }

    // The first team that was registered with a manager, and what it says of itself.
    // Of the team that has most children.
    private static Task<string> OneAsync(Fresh database, string member) => database.ScalarAsync<string>("""
        select e.data ->> $1 from public.mt_events e
        join (select team, count(*) as children from practice.children group by team) c on c.team = e.data ->> 'team'
        where e.type = 'team_registered' and e.data ->> 'teamManager' is not null and e.data ->> 'headOfService' is not null
        order by c.children desc, e.seq_id limit 1
        """, member);
}
