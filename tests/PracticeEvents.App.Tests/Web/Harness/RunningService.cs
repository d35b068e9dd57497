using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using PracticeEvents.App.Access;
using PracticeEvents.App.Hosting;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Process;
using PracticeEvents.App.Tests.House;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.Web.Harness;

/// <summary>
/// The whole service on a free port, over a throwaway database of its own, in rehearsal: its clock stands still until it is moved.
/// A fixture. Tests that share one agree on the clock: those that move it on have a service of their own.
/// </summary>
public class RunningService : IAsyncLifetime
{
    private HttpClient sender = null!;
    private Database database = null!;
    private WebApplication app = null!;
    private string signIn = "";
    private int sent;

    /// <summary>Where the clock stands at first: Monday 2 March 2026, nine in the morning.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Where it listens, such as <c>http://127.0.0.1:43117</c>.</summary>
    public string Url => app.Urls.Single();

    public IServiceProvider Services => app.Services;

    /// <summary>Its database, for verbs that are run beside it.</summary>
    public string Connection { get; private set; } = "";

    protected virtual bool Demo => false;

    /// <summary>Settings that this service has beside the usual ones.</summary>
    protected virtual IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>();

    public virtual async Task InitializeAsync()
    {
        Connection = await OneServer.NewDatabaseAsync();
        await OpenAsync(Start);
        var source = await Services.GetRequiredService<Sources>().CreateAsync("cms", Start);
        sender = Sender(source!.Bearer);
    }

    public virtual async Task DisposeAsync()
    {
        sender.Dispose();
        await StopAsync();
    }

    /// <summary>Stops the service and starts it again later, by its clock. It listens at another address then, where nobody sends to.</summary>
    /// <param name="at">Where its clock stands when it starts.</param>
    /// <param name="meanwhile">What comes into the log while nobody is at work.</param>
    public async Task RestartAsync(DateTimeOffset at, params PracticeEvent[] meanwhile)
    {
        await StopAsync();
        await using (var source = NpgsqlDataSource.Create(Connection))
        await using (var store = new EventStore(source, NullLogger<EventStore>.Instance))
        {
            await store.AppendAsync([.. meanwhile.Select((e, n) => new Incoming("/cms", $"meanwhile-{n}", e).ToNewEvent(at, "cms"))]);
        }

        await OpenAsync(at);
        await SettleAsync();
    }

    /// <summary>Sends events as the case system does, and waits until everything that follows from them is done. Each must be accepted.</summary>
    public async Task SendAsync(params PracticeEvent[] events)
    {
        using var body = new StringContent(JsonSerializer.Serialize(events.Select(CloudEvent)), Encoding.UTF8, "application/cloudevents-batch+json");
        using var answer = await sender.PostAsync("/events", body);
        var said = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode && !said.Contains("quarantined", StringComparison.Ordinal), said);
        await SettleAsync();
    }

    /// <summary>Waits until everything known has been worked through and no timer is due.</summary>
    public Task SettleAsync() => Services.GetRequiredService<TimescaleProcess>().SettleAsync(default);

    /// <summary>Moves the clock forward; everything that falls due on the way fires in its order.</summary>
    public async Task MoveToAsync(DateTimeOffset instant)
    {
        using var answer = await sender.PostAsJsonAsync("/rehearsal/clock", new { now = instant });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>An access token of a worker, as <c>practice token create</c> makes it.</summary>
    public Task<string> TokenAsync(string worker, params Role[] roles) =>
        Services.GetRequiredService<Tokens>().CreateAsync(worker, roles, Start, default);

    /// <summary>The cookie of a worker who has signed in, as "name=value".</summary>
    public string CookieOf(string worker, params Role[] roles)
    {
        const string scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        var cookie = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme);
        var ticket = new AuthenticationTicket(
            BearerAuthentication.Principal(new Identity(worker, roles, signIn), scheme),
            new AuthenticationProperties { IssuedUtc = Start.AddYears(-1), ExpiresUtc = Start.AddYears(50) },
            scheme);
        return $"{cookie.Cookie.Name}={cookie.TicketDataFormat.Protect(ticket)}";
    }

    /// <summary>A worker's browser without a window: signed in, keeping cookies, and following no redirect by itself.</summary>
    public Reader SignedIn(string worker, params Role[] roles) => new(new Uri(Url), CookieOf(worker, roles));

    /// <summary>Somebody who has not signed in.</summary>
    public Reader Anybody() => new(new Uri(Url), null);

    private async Task OpenAsync(DateTimeOffset at)
    {
        database = await Database.OpenAsync("", Connection, NullLoggerFactory.Instance, default);
        app = await PracticeHost.BuildAsync(new ServeOptions("", Connection, "http://127.0.0.1:0", at, Demo, null, Settings), database, default);
        await app.StartAsync();

        // Cookies are made here without asking anybody for a token, but one that is good must stand behind each.
        signIn = (await Services.GetRequiredService<Tokens>().FindAsync(await TokenAsync("somebody"), default))!.Token!;
    }

    private async Task StopAsync()
    {
        // A web server that never lets go of its port has been seen once: the test fails then, and the run goes on.
        await app.StopAsync().WaitAsync(TimeSpan.FromMinutes(2));
        await app.DisposeAsync();
        await database.DisposeAsync();
    }

    private HttpClient Sender(string bearer) =>
        new() { BaseAddress = new Uri(Url), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", bearer) } };

    private object CloudEvent(PracticeEvent e) => new
    {
        specversion = "1.0",
        id = string.Create(CultureInfo.InvariantCulture, $"e{Interlocked.Increment(ref sent)}"),
        source = "/cms",
        type = EventCatalogue.KindOf(e).CloudEventType,
        data = JsonSerializer.Deserialize<JsonElement>(EventJson.Write(e)),
    };
}
