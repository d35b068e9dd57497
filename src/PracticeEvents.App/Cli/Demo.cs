using PracticeEvents.App.Access;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Children;
using PracticeEvents.App.Hosting;
using PracticeEvents.App.Synthetic;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice serve --demo</c>: fills an empty database with an invented authority before the service listens, and says who can sign in.</summary>
internal static class Demo
{
    /// <summary>Fills the database if it is empty, brings everything up to date, and gives the people.</summary>
    /// <exception cref="SettingsException">The database holds something else: nobody is let into it by a demonstration.</exception>
    public static async Task<IReadOnlyList<DemoPerson>> PrepareAsync(ServeOptions options, Database database, IServiceProvider services, CancellationToken ct)
    {
        T Get<T>()
            where T : notnull => services.GetRequiredService<T>();

        var load = new DemoLoad(Get<EventStore>(), database.Source, Get<Labels>(), Get<TimeProvider>());
        var there = await load.FindAsync(ct);
        if (there is null && await HoldsAnyoneAsync(Get<EventStore>(), ct))
        {
            throw new SettingsException("--demo wants an empty database, and this one holds a record already. Give it a folder of its own: --data FOLDER");
        }

        if (there is not (_, Finished: true))
        {
            var now = Get<TimeProvider>().GetUtcNow();
            var plan = there is var (name, _) && DemoLoad.PlanOf(name) is { } begun ? begun : AuthorityPlan.Usual(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)));
            await GenerateVerb.LoadAsync(load, plan, services, ct);
        }

        var people = new DemoPeople(Get<AlertTable>(), Get<Tokens>(), Get<StructureReader>(), Get<TimeProvider>());
        return await people.OfAsync(database.IsEmbedded ? Path.GetFullPath(options.Folder) : null, ct);
    }

    /// <summary>Says how to sign in.</summary>
    public static void Say(string url, IReadOnlyList<DemoPerson> people)
    {
        Out.Line($"sign in at {url}/sign-in with an access token of one of these invented people:");
        foreach (var person in people)
        {
            // The token first and in no table: a narrow terminal would break it in two.
            Out.Line($"  {person.Token}  {Words(person.Role)}, {person.Worker}");
        }

        Out.Line("Whoever reaches that address can sign in as any of them: never send a real record here.");
    }

    // Publishing the rules is the service's own event, and says nothing of anyone.
    private static async Task<bool> HoldsAnyoneAsync(EventStore store, CancellationToken ct) =>
        (await store.ReadAllAsync(0, 20, ct: ct)).Any(e => e.Type != EventCatalogue.Kind<RulesPublished>().Alias);

    private static string Words(Role role) => role switch
    {
        Role.Iro => "independent reviewing officer",
        Role.CpChair => "child protection chair",
        Role.PloCoordinator => "pre-proceedings (PLO) coordinator",
        _ => EventName.Word(role.ToString()).Replace('_', ' '),
    };
}
