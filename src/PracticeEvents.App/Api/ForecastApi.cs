using System.Security.Claims;
using PracticeEvents.App.Access;
using PracticeEvents.App.Children;
using PracticeEvents.App.Forecasting;

namespace PracticeEvents.App.Api;

/// <summary><c>/api/forecast</c>: what falls due on the next working days for each worker, against who is in, and what is at risk. Never a score of anybody.</summary>
internal static class ForecastApi
{
    /// <summary>How many working days ahead, when nobody says.</summary>
    public const int Usual = 10;

    /// <summary>The most that can be asked for.</summary>
    public const int Most = 60;

    public static void MapForecast(this IEndpointRouteBuilder api)
    {
        api.MapGet("/forecast", Ahead).WithName("ReadForecast")
            .WithSummary(
                "What falls due on the next working days for each worker, who is away, what collides and what is at risk; "
                + "as CSV one line a duty")
            .Produces<IReadOnlyList<WorkerAheadJson>>().ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/forecast/calibration", Calibration).WithName("ReadForecastCalibration").WithSummary("How the forecasts of the last 13 weeks came out")
            .Produces<IReadOnlyList<CalibrationJson>>();
    }

    /// <summary>Reads a number of working days; nothing when it is not one, or too many.</summary>
    public static int? DaysOf(string? text) => string.IsNullOrEmpty(text) ? Usual
        : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= Most ? days
        : null;

    private static async Task<IResult> Ahead(
        string? team, string? service, string? workingDays, AsAt asAt, HttpRequest request, ClaimsPrincipal user,
        ForecastReader reader, StructureReader structures, ReadLog log, TimeProvider time, CancellationToken ct)
    {
        if (DaysOf(workingDays) is not { } days)
        {
            return Results.Problem($"workingDays must be a whole number from 1 to {Most}.", statusCode: 400, title: "The request cannot be read");
        }

        if (team is not null && !(await structures.ReadAsync(ct: ct)).Teams.ContainsKey(team))
        {
            return Results.Problem($"There is no team {team}.", statusCode: 404, title: "Not found");
        }

        var forecast = await reader.TakeAsync(user, team, service, days, asAt.Instant, ct);
        var workers = forecast.Workers.Select(WorkerAheadJson.Of).ToList();
        if (!Answer.WantsCsv(request))
        {
            return Answer.List(request, workers, "forecast");
        }

        // Rows of a spreadsheet have no lists within lists. It is taken away, and noted as the lists of the pages are when they are.
        await log.NoteAllAsync(user.Identity?.Name ?? "", [.. workers.SelectMany(w => w.Duties).Select(d => d.Child).Distinct()], "forecast csv", time.GetUtcNow(), ct);
        return Answer.List(request, [.. workers.SelectMany(w => w.Duties)], "forecast");
    }

    private static async Task<IResult> Calibration(AsAt asAt, HttpRequest request, PastRoundsReader past, CancellationToken ct) =>
        Answer.List(request, [.. (await past.CalibrateAsync(asAt.Instant, ct)).Select(CalibrationJson.Of)], "forecast-calibration");
}
