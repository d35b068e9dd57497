using PracticeEvents.App.Web.Pages.Children;

namespace PracticeEvents.App.Web.Pages.Teams;

/// <summary>Who holds a child's case, in words.</summary>
internal static class Holder
{
    /// <summary>A worker's name, or "No worker".</summary>
    public static string Holding(this Names names, string? worker) => worker is null ? "No worker" : names.Worker(worker);
}
