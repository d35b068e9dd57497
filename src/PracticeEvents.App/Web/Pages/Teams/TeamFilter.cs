using PracticeEvents.App.Web.TagHelpers;
using PracticeEvents.App.Web.Words;

namespace PracticeEvents.App.Web.Pages.Teams;

/// <summary>What a team's page is narrowed to; the address is the saved view.</summary>
/// <param name="Worker">Worker reference, or <see cref="Nobody"/>.</param>
/// <param name="Duty">Key of a <see cref="DutyGroup"/>.</param>
/// <param name="Status">Code of a status.</param>
internal sealed record TeamFilter(string? Worker, string? Duty, string? Status)
{
    /// <summary>Stands for the children whom nobody holds.</summary>
    public const string Nobody = "none";

    /// <summary>Reads it from an address; what it does not understand filters nothing.</summary>
    public static TeamFilter From(IQueryCollection query) => new(
        Given(query["worker"]),
        DutyGroup.All.FirstOrDefault(g => g.Key == query["duty"])?.Key,
        StatusWord.All.FirstOrDefault(s => s.Code == query["status"])?.Code);

    /// <summary>True when nothing is left out.</summary>
    public bool IsEmpty => this is { Worker: null, Duty: null, Status: null };

    /// <summary>True when duties are left out.</summary>
    public bool PicksDuties => Duty is not null || Status is not null;

    /// <summary>True for a worker who is asked for.</summary>
    public bool Wants(string? worker) => Worker is null || (worker ?? Nobody) == Worker;

    /// <summary>True for a duty that is asked for.</summary>
    public bool Wants(DutyLine line) =>
        Wants(line.Child.SocialWorker) && (Duty is null || line.Group.Key == Duty) && (Status is null || line.Code == Status);

    /// <summary>The filters in words.</summary>
    public IReadOnlyList<AppliedFilter> Words(Names names)
    {
        var applied = new List<AppliedFilter>();
        if (Worker is not null)
        {
            applied.Add(new("worker", Worker, $"Worker: {names.Worker(Worker == Nobody ? null : Worker)}"));
        }

        if (Duty is not null)
        {
            applied.Add(new("duty", Duty, $"Duty: {DutyGroup.All.Single(g => g.Key == Duty).Title}"));
        }

        if (Status is not null)
        {
            applied.Add(new("status", Status, $"Status: {StatusWord.For(Status).Word}"));
        }

        return applied;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
