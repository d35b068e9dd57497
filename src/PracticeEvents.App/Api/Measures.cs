using System.Security.Claims;
using PracticeEvents.App.Access;
using PracticeEvents.App.Measuring;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Measures;

namespace PracticeEvents.App.Api;

/// <summary><c>/api/measures</c>: figures of practice for a period, by month or team, as known now and as reported then. Never by worker.</summary>
internal static class MeasuresApi
{
    /// <summary>How many months before this one a list begins that does not say.</summary>
    public const int ListMonths = 2;

    /// <summary>How many months before this one the months of a measure begin that does not say.</summary>
    public const int SeriesMonths = 11;

    public static void MapMeasures(this IEndpointRouteBuilder api)
    {
        api.MapGet("/measures", List).WithName("ListMeasures")
            .WithSummary(
                "Every measure with its figure for a period (from, to): numerator, denominator, still waiting, as known now and, "
                + "with asAt, as reported then")
            .Produces<IReadOnlyList<FigureJson>>().ProducesProblem(400);
        api.MapGet("/measures/{id}", One).WithName("ReadMeasure").WithSummary("One measure by month or by team (by=month|team)")
            .Produces<IReadOnlyList<FigureJson>>().ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/measures/{id}/cases", Cases).WithName("ReadMeasuredCases").WithSummary("The cases of a measure of the work with children, of children whom you may see")
            .Produces<IReadOnlyList<CaseJson>>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> List(
        PeriodAsked period, string? team, string? service, AsAt asAt, HttpRequest request, ClaimsPrincipal user, MeasureReader reader, TimeProvider time, CancellationToken ct)
    {
        var asked = new Asked(MeasureCatalogue.All, [period.Or(London.DateOf(asAt.Or(time)), ListMonths)]) { Team = team, Service = service, AsAt = asAt.Instant };
        return Of(request, await reader.FiguresAsync(user, asked, ct), "measures");
    }

    private static async Task<IResult> One(
        string id, string? by, PeriodAsked period, string? team, string? service, AsAt asAt, HttpRequest request, ClaimsPrincipal user, MeasureReader reader, TimeProvider time,
        CancellationToken ct)
    {
        if (by is not (null or "month" or "team"))
        {
            return Results.Problem("by must be month or team.", statusCode: 400, title: "The request cannot be read");
        }

        if (MeasureCatalogue.Find(id) is not { } measure)
        {
            return NotFound(id);
        }

        var whole = period.Or(London.DateOf(asAt.Or(time)), SeriesMonths);
        var asked = new Asked([measure], by is "team" ? [whole] : whole.Months()) { Team = team, Service = service, AsAt = asAt.Instant, ByTeam = by is "team" };
        return Of(request, await reader.FiguresAsync(user, asked, ct), id);
    }

    private static async Task<IResult> Cases(
        string id, PeriodAsked period, string? team, string? service, AsAt asAt, HttpRequest request, ClaimsPrincipal user, MeasureReader reader, ReadLog log, TimeProvider time,
        CancellationToken ct)
    {
        if (MeasureCatalogue.Find(id) is not IChildMeasure measure)
        {
            return NotFound(id);
        }

        var asked = new Asked([measure], [period.Or(London.DateOf(asAt.Or(time)), ListMonths)]) { Team = team, Service = service, AsAt = asAt.Instant };
        var cases = (await reader.CasesAsync(user, measure, asked, ct)).Select(c => CaseJson.Of(c.Row, c.Standing)).ToList();
        await log.NoteAllAsync(user.Identity?.Name ?? "", [.. cases.Select(c => c.Child).Distinct()], "measured cases", time.GetUtcNow(), ct);
        return Answer.List(request, cases, $"{id}-cases");
    }

    private static IResult NotFound(string id) => Results.Problem($"There is no measure {id} of which that can be asked.", statusCode: 404, title: "Not found");

    // Rows of a spreadsheet have no figures within figures.
    private static IResult Of(HttpRequest request, IReadOnlyList<Measured> figures, string name) => Answer.WantsCsv(request)
        ? Answer.List(request, [.. figures.SelectMany(FigureLine.Of)], name)
        : Answer.List(request, [.. figures.Select(FigureJson.Of)], name);
}
