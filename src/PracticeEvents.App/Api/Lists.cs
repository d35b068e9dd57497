using System.Security.Claims;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Api;

/// <summary><c>/api/caseload</c>, <c>/api/drift</c> and <c>/api/mid-points</c>.</summary>
internal static class Lists
{
    public static void MapCaseload(this IEndpointRouteBuilder api) => api.MapGet("/caseload", async (
        string? team, string? worker, string? service, AsAt asAt, HttpRequest request, ClaimsPrincipal user, Pictures pictures, TimeProvider time, CancellationToken ct) =>
    {
        var picture = await pictures.TakeAsync(user, asAt.Instant, team, service, ct);
        var rows = CaseloadView.Of(picture.Children, picture.Duties, picture.Unmonitored, picture.Structure, asAt.Or(time));
        return Answer.List(request, [.. rows.Where(r => worker is null || r.Worker == worker)], "caseload");
    }).WithName("ReadCaseload").WithSummary("Children and open duties for each worker, the unallocated first").Produces<IReadOnlyList<CaseloadRow>>();

    public static void MapDrift(this IEndpointRouteBuilder api) => api.MapGet("/drift", async (
        string? team, string? service, AsAt asAt, HttpRequest request, ClaimsPrincipal user, Pictures pictures, WorkingDays calendar, TimeProvider time, CancellationToken ct) =>
    {
        var picture = await pictures.TakeAsync(user, asAt.Instant, team, service, ct);
        return Answer.List(request, DriftView.Of(picture.Children, picture.Duties, picture.Unmonitored, picture.Structure, calendar, asAt.Or(time)), "drift");
    }).WithName("ReadDrift").WithSummary("Children who wait longest, each reason a sentence; never a score").Produces<IReadOnlyList<DriftRow>>();

    public static void MapMidPoints(this IEndpointRouteBuilder api) => api.MapGet("/mid-points", async (
        string? iro, string? chair, string? status, AsAt asAt, HttpRequest request, ClaimsPrincipal user, Pictures pictures, TimeProvider time, CancellationToken ct) =>
    {
        var picture = await pictures.TakeAsync(user, asAt.Instant, null, null, ct);
        var rows = MidPointJson.Of(picture, asAt.Or(time))
            .Where(r => (iro is null || r.Iro == iro) && (chair is null || r.Chair == chair) && (status is null || EventName.Word(r.Status.ToString()) == status));
        return Answer.List(request, [.. rows], "mid-points");
    }).WithName("ReadMidPoints").WithSummary("Each review cycle with its mid-point check").Produces<IReadOnlyList<MidPointJson>>();
}

/// <summary>A review cycle with its mid-point, for those who chair reviews and conferences.</summary>
internal sealed record MidPointJson(
    string Child, string Cycle, string? Iro, string? Chair, string? Worker, DateOnly LastReview, DateOnly NextDue, Status NextStatus, DateOnly HalfWay, Status Status,
    DateOnly? CheckedOn, string? ActionsDone, string? PlanStillRight, string? HeardFromChild, bool? PreProceedingsReviewed, bool InPreProceedings, string? Challenge,
    DateOnly? ChallengedOn, DateOnly? AnsweredOn, string? Because)
{
    /// <summary>The open cycles, and those closed since without another, the most urgent first.</summary>
    public static IEnumerable<MidPointJson> Of(Picture picture, DateTimeOffset now)
    {
        var children = picture.Children.ToDictionary(c => c.Child);
        var reviews = picture.Duties.ToLookup(d => (d.Child, d.Occurrence));
        return from row in picture.MidPoints
               let review = reviews[(row.Child, row.Occurrence)].FirstOrDefault(d => d.Rule != row.Rule && d.Due >= row.HalfWay)
               let child = children[row.Child]
               let status = picture.Unmonitored.Contains(row.Child) ? Status.CannotTell : row.StatusAt(now)
               orderby Urgency(status), row.HalfWay, row.Child
               select new MidPointJson(
                   row.Child, row.Cycle, child.Iro, child.CpChair, child.SocialWorker, row.LastReview, row.NextDue, review?.StatusAt(now) ?? Status.CannotTell, row.HalfWay,
                   status, row.CheckedOn, row.ActionsDone, row.PlanStillRight, row.HeardFromChild, row.PreProceedingsReviewed, child.PreProceedingsSince is not null,
                   row.ChallengeStage, row.ChallengedOn, row.AnsweredOn, row.Because);
    }

    private static int Urgency(Status status) => status switch
    {
        Status.Overdue => 0,
        Status.CannotTell => 1,
        Status.DueSoon => 2,
        Status.OnTrack => 3,
        _ => 4,
    };
}
