using System.Reflection;
using PracticeEvents.App.Access;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Alerts.Sending;
using PracticeEvents.App.Api;
using PracticeEvents.App.Children;
using PracticeEvents.App.Forecasting;
using PracticeEvents.App.Measuring;
using PracticeEvents.App.Process;
using PracticeEvents.App.Process.Proving;
using PracticeEvents.App.Views;
using PracticeEvents.App.Views.Rebuilding;
using PracticeEvents.App.WhatIf;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Store;

namespace PracticeEvents.App.Hosting;

/// <summary>What every part of the app works with, for the service and for the verbs alike.</summary>
internal static class Core
{
    /// <summary>Registers it over an open database.</summary>
    public static IServiceCollection AddCore(this IServiceCollection services, Database database, RuleBook rules, TimeProvider time)
    {
        services.AddSingleton(database.Source);
        services.AddSingleton(rules);
        services.AddSingleton(rules.Calendar);
        services.AddSingleton(time);
        services.AddSingleton<EventStore>(p => new EventStore(database.Source, p.GetRequiredService<ILogger<EventStore>>()));
        services.AddSingleton<Inbox>();
        services.AddSingleton(new Leases(database.Source, database.Node));
        services.AddSingleton<Timers>();
        services.AddSingleton<Usefulness>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<Notifications>();
        services.AddSingleton<StructureReader>();
        services.AddSingleton<ViewTables>();
        services.AddSingleton<ViewReader>();
        services.AddSingleton<LiveTallies>();
        services.AddSingleton<StaffCases>();
        services.AddSingleton<AlertCases>();
        services.AddSingleton<ChildAccess>();
        services.AddSingleton<MeasureReader>();
        services.AddSingleton<Pictures>();
        services.AddSingleton<PastRoundsReader>();
        services.AddSingleton<ForecastReader>();
        services.AddSingleton<Rebuild>();
        services.AddSingleton<AlertTable>();
        services.AddSingleton<AlertFeed>();
        services.AddSingleton<Subscriptions>();
        services.AddSingleton<Deliveries>();
        services.AddSingleton(_ => Histories.OfThisMachine());
        services.AddSingleton<Shares>();
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<PassReading>();
        services.AddSingleton<TimescalePass>();
        services.AddSingleton<TimescaleProcess>();
        services.AddSingleton<ProcessHealth>();
        services.AddSingleton<Feeds>();
        services.AddSingleton<PeopleChanges>();
        services.AddSingleton<TimersOfChildren>();
        services.AddSingleton<Proof>();
        services.AddSingleton<Proofs>();
        services.AddSingleton<ReplayReader>();
        services.AddSingleton<WhatIfRun>();
        services.AddSingleton<MovedDuties>();
        services.AddSingleton<Tokens>();
        services.AddSingleton<ReadLog>();
        services.AddSingleton<Labels>();
        services.AddSingleton<KeysInDatabase>();
        services.AddSingleton<RehearsalTime>();
        foreach (var view in Assembly.GetExecutingAssembly().GetTypes().Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(IView))))
        {
            services.AddSingleton(view);
            services.AddSingleton(typeof(IView), p => p.GetRequiredService(view));
        }

        return services;
    }
}
