using System.Security.Claims;
using PracticeEvents.App.Api;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Forecasts;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;
using PracticeEvents.Store;

namespace PracticeEvents.App.Forecasting;

/// <summary>Makes forecasts for readers: of the children whom they may see, now or as was known at an instant.</summary>
internal sealed class ForecastReader(Pictures pictures, PastRoundsReader past, EventStore store, RuleBook rules, TimeProvider time)
{
    private static readonly string[] Types = [.. Absences.Kinds.Select(k => k.Alias)];

    /// <summary>The forecast of the teams that a reader may see, of one team or one service when it is named.</summary>
    public async Task<Forecast> TakeAsync(ClaimsPrincipal user, string? team, string? service, int workingDays, DateTimeOffset? asAt, CancellationToken ct) =>
        await OfAsync(await pictures.TakeAsync(user, asAt, team, service, ct), team, service, workingDays, asAt, ct);

    /// <summary>The forecast of a picture that is already taken.</summary>
    public async Task<Forecast> OfAsync(Picture picture, string? team, string? service, int workingDays, DateTimeOffset? asAt, CancellationToken ct)
    {
        var now = asAt ?? time.GetUtcNow();
        var today = London.DateOf(now);
        var children = picture.Children.ToDictionary(c => c.Child, StringComparer.Ordinal);
        var open =
            from duty in picture.Duties
            where duty is { Outcome: Outcome.Open, Due: not null, PlanBy: not null }
            let child = children[duty.Child]
            let held = child.TeamIn(picture.Structure)
            select new Awaited(
                duty.Child, held?.Id, WhoseIs(duty, child, held, picture.Structure), duty.Rule, duty.Title, duty.Occurrence,
                duty.Due!.Value, duty.PlanBy!.Value, duty.LateFrom <= now);
        var teams = picture.Structure.Teams.Values.Where(t => (team is null || t.Id == team) && (service is null || t.Service == service) && picture.Viewer.SeesTeam(t))
            .Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
        var members = picture.Structure.Workers.Values.Where(w => !w.Left && w.Team is { } its && teams.Contains(its)).Select(w => (w.Team!, w.Id));
        return Forecast.Of(open, members, await AbsencesAsync(asAt, ct), await past.ReadAsync(asAt, ct), rules.Calendar, today, workingDays);
    }

    // Whose work a duty is, is said by who is told of it first: the social worker, where the social worker is among them.
    private string? WhoseIs(ObligationRow duty, ChildRow child, Team? team, Structure structure)
    {
        var told = rules.Find(duty.Rule)?.Editions[^1].Alerts[0].To ?? [];
        var post = told.Contains(Role.SocialWorker) ? null : told.Select(role => role switch
        {
            Role.PersonalAdviser => child.PersonalAdviser,
            Role.Iro => child.Iro,
            Role.CpChair => child.CpChair,
            Role.PloCoordinator => child.PloCoordinator,
            Role.TeamManager => structure.ManagerOf(team),
            _ => null,
        }).FirstOrDefault(worker => worker is not null);
        return post ?? child.SocialWorker;
    }

    private async Task<Absences> AbsencesAsync(DateTimeOffset? asAt, CancellationToken ct)
    {
        return new(RecordedFacts.Readable(await store.ReadEveryAsync(Types, ct)).Where(f => asAt is null || f.ReceivedAt <= asAt));
    }
}
