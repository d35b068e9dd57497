using PracticeEvents.App.Children;
using PracticeEvents.App.Hosting;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Process;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Cli;

/// <summary>Where a verb works.</summary>
/// <param name="Folder">Data folder, for the private database.</param>
/// <param name="Connection">Connection string; nothing for the private database.</param>
/// <param name="Rules">Folder of rules; nothing for those shipped.</param>
internal sealed record Place(string Folder, string? Connection, string? Rules);

/// <summary>An open database with everything that verbs work with. It joins the service when that runs on the same data folder.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly ILoggerFactory logs;
    private readonly ServiceProvider services;

    private Session(Place place, Database database, ILoggerFactory logs, ServiceProvider services)
    {
        Place = place;
        Database = database;
        this.logs = logs;
        this.services = services;
    }

    /// <summary>Where the verb works.</summary>
    public Place Place { get; }

    /// <summary>The database.</summary>
    public Database Database { get; }

    /// <summary>Everything that verbs work with.</summary>
    public IServiceProvider Services => services;

    /// <summary>The time a verb works by: that of the rehearsal when the database is a rehearsal's, else the machine's.</summary>
    public TimeProvider Time => Get<TimeProvider>();

    /// <summary>The rules in use.</summary>
    public RuleBook Rules => Get<RuleBook>();

    /// <summary>What is set under the service's own sections, beside what the command line says.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Settings =>
        Configuration().GetSection("Inputs").AsEnumerable().Where(s => s.Value is not null).Select(s => KeyValuePair.Create(s.Key, s.Value!));

    /// <summary>Opens the database, starting the private one when it does not run, and makes the tables that are missing.</summary>
    /// <exception cref="SettingsException">A newer edition has made the schema, or the configuration is wrong.</exception>
    public static async Task<Session> OpenAsync(Place place, CancellationToken ct)
    {
        Hosting.Settings.Check(Configuration());
        var rules = RulePack.Read(place.Rules ?? RulePack.Shipped);
        var logs = ToStderr();
        Database? database = null;
        try
        {
            database = await Database.OpenAsync(place.Folder, place.Connection, logs, ct);
            if ((await Schema.CheckAsync(database.Source, ct)).Ahead is [_, ..] ahead)
            {
                throw new SettingsException($"A newer edition of practice has changed this database ({string.Join(", ", ahead)}). Use that edition, or a newer one.");
            }

            TimeProvider time = await new RehearsalTime(database.Source).ReadAsync(ct) is { } stood ? new RehearsalClock(stood) : new MachineClock();
            var services = new ServiceCollection().AddLogging(log => Configure(log)).AddCore(database, rules, time).AddSingleton<Sources>().BuildServiceProvider();
            await Tables.EnsureAsync(services, ct);
            return new Session(place, database, logs, services);
        }
        catch
        {
            await (database?.DisposeAsync() ?? ValueTask.CompletedTask);
            logs.Dispose();
            throw;
        }
    }

    /// <summary>One of the things that verbs work with.</summary>
    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Refuses to work by other rules than those of the service: rows follow from the events and the rules, and would be wrong until their child's next event.</summary>
    /// <exception cref="SettingsException">The rules differ.</exception>
    public async Task RefuseOtherRulesAsync(CancellationToken ct)
    {
        var published = await Get<EventStore>().ReadStreamAsync("rules", ct: ct);
        if (published.Count > 0 && ((RulesPublished)StoredFacts.Read(published[^1]).Event).Hash != Rules.Hash)
        {
            throw new SettingsException("The service on this database works by other rules. Run this with the same --rules as the service.");
        }
    }

    /// <summary>Refuses a team that nobody has registered: an empty list would read as "nothing to do".</summary>
    /// <exception cref="FormatException">There is no such team.</exception>
    public async Task RefuseUnknownTeamAsync(string? team, CancellationToken ct)
    {
        if (team is not null && !(await Get<StructureReader>().ReadAsync(ct: ct)).Teams.ContainsKey(team))
        {
            throw new FormatException($"There is no team {team}.");
        }
    }

    /// <summary>Logs to stderr, warnings and worse, so that stdout is data only.</summary>
    public static ILoggerFactory ToStderr() => LoggerFactory.Create(log => Configure(log));

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Database.DisposeAsync();
        logs.Dispose();
    }

    private static IConfigurationRoot Configuration() => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).AddEnvironmentVariables().Build();

    private static void Configure(ILoggingBuilder log) =>
        log.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
}
