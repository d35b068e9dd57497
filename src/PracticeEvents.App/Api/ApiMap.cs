using PracticeEvents.App.Access;
using PracticeEvents.App.Alerts.Channels;
using PracticeEvents.App.Inputs;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Api;

/// <summary>Every address for programs that is not an inbound one. A new resource is a file with its own <c>Map…</c> and a line here.</summary>
internal static class ApiMap
{
    /// <summary>Maps them all under <c>/api</c>, signed in.</summary>
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").RequireAuthorization().WithTags("api");
        api.MapChildren();
        api.MapCaseload();
        api.MapDrift();
        api.MapMidPoints();
        api.MapMeasures();
        api.MapForecast();
        api.MapAlerts();
        api.MapAlertStream();
        api.MapSubscriptions();
        api.MapNotices();
        api.MapRules();
        api.MapWhatIf();
        api.MapEventFeed();
        // Payloads as they came may hold what no event may: they are for those who mend data.
        routes.MapInbox().RequireRoleHeld(Role.DataStaff, Role.Administrator);
        routes.MapFetchedFeeds();
        routes.MapHealth();
    }
}
