using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using PracticeEvents.App.Access;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Alerts.Channels;
using PracticeEvents.App.Alerts.Sending;
using PracticeEvents.App.Api;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Process;
using PracticeEvents.App.Process.Proving;
using PracticeEvents.App.Web;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Hosting;

/// <summary>What the service is asked to be.</summary>
/// <param name="Folder">Data folder, for the private cluster when there is no connection string.</param>
/// <param name="Connection">Connection string; nothing for the private cluster.</param>
/// <param name="Urls">Addresses to listen on.</param>
/// <param name="Rehearsal">Where a rehearsal's clock starts; nothing outside rehearsal.</param>
/// <param name="Demo">True to show the people of the synthetic authority on the sign-in page.</param>
/// <param name="Rules">Folder of rules; nothing for those shipped.</param>
/// <param name="Settings">Settings that count before those of files and the environment.</param>
internal sealed record ServeOptions(
    string Folder, string? Connection, string Urls, DateTimeOffset? Rehearsal, bool Demo, string? Rules, IReadOnlyDictionary<string, string?>? Settings = null);

/// <summary>Puts the service together.</summary>
internal static class PracticeHost
{
    /// <summary>Builds the service over an open database. It does not listen yet.</summary>
    public static async Task<WebApplication> BuildAsync(ServeOptions options, Database database, CancellationToken ct)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // each input states its own limit and keeps it
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        builder.Configuration.AddInMemoryCollection(options.Settings ?? new Dictionary<string, string?>());
        Settings.Check(builder.Configuration);

        var rules = RulePack.Read(options.Rules ?? RulePack.Shipped);
        var clock = await ClockAsync(options, database, ct);
        Register(builder, options, database, rules, clock);
        var app = builder.Build();
        await Tables.EnsureAsync(app.Services, ct);
        Map(app, options);
        return app;
    }

    private static void Register(WebApplicationBuilder builder, ServeOptions options, Database database, RuleBook rules, TimeProvider clock)
    {
        var services = builder.Services;
        services.AddSingleton(database);
        services.AddSingleton(options);
        services.AddCore(database, rules, clock);
        services.AddInputs(builder.Configuration);
        services.AddHostedService(p => p.GetRequiredService<TimescaleProcess>());
        services.AddSingleton<NightlyProof>();
        services.AddHostedService(p => p.GetRequiredService<NightlyProof>());
        services.AddHostedService<ClusterWatch>();
        services.AddHostedService<Memory>();
        services.AddSingleton<HealthReader>();
        services.AddSingleton<SendingLag>();
        services.AddSingleton<AlertDesk>();
        services.AddSingleton<Passing>();
        services.AddSending();
        services.AddSingleton<AlertStream>();
        services.AddHostedService(p => p.GetRequiredService<AlertStream>());
        services.AddSignIn();
        services.AddDataProtection().SetApplicationName("practice-events");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(p =>
            new ConfigureOptions<KeyManagementOptions>(o => o.XmlRepository = p.GetRequiredService<KeysInDatabase>()));
        services.ConfigureHttpJsonOptions(o => ApiJson.Configure(o.SerializerOptions));
        services.AddProblemDetails();

        // What cannot be read is answered with why, by the same hand as every other fault.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ApiFaults>();
        services.AddApiDocument();
        services.AddTelemetry(builder.Configuration);
        services.AddSingleton<KeepLabels>(p => (labels, token) => KeepAsync(p.GetRequiredService<Labels>(), labels, token));
        services.AddPracticePages(frame =>
        {
            if (clock is RehearsalClock rehearsal)
            {
                frame.RehearsalClock = () => rehearsal.GetUtcNow();
            }
        });
    }

    private static void Map(WebApplication app, ServeOptions options)
    {
        app.UseWhen(PracticePages.IsForPrograms, programs => programs.UseExceptionHandler().UseStatusCodePages());
        app.UsePracticePages();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapInputs();
        app.MapApi();
        app.MapOpenApi("/openapi.json").AllowAnonymous();
        if (options.Rehearsal is not null)
        {
            app.MapRehearsal();
        }

        app.MapRazorPages();
    }

    private static async Task KeepAsync(Labels labels, IReadOnlyList<ChildLabel> told, CancellationToken ct)
    {
        await labels.SetAsync("child", told.Where(l => l.Label is not null).GroupBy(l => l.Child).ToDictionary(g => g.Key, g => g.Last().Label!), ct);
        foreach (var gone in told.Where(l => l.Label is null))
        {
            await labels.EraseAsync("child", gone.Child, ct);
        }
    }

    private static async Task<TimeProvider> ClockAsync(ServeOptions options, Database database, CancellationToken ct)
    {
        if (options.Rehearsal is not { } start)
        {
            return new MachineClock();
        }

        var remembered = new RehearsalTime(database.Source);
        var stood = await remembered.ReadAsync(ct);
        var now = stood > start ? stood.Value : start;
        await remembered.WriteAsync(now, ct);
        return new RehearsalClock(now);
    }
}
