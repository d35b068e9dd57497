using System.CommandLine;
using System.Globalization;
using PracticeEvents.App.Access;
using PracticeEvents.App.Api;
using PracticeEvents.App.Forecasting;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Forecasts;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice forecast</c>: what falls due on the next working days for each worker, who is in, and what is at risk.</summary>
internal static class ForecastVerb
{
    public static Command Create()
    {
        var team = new Option<string?>("--team") { Description = "Only children of this team", HelpName = "TEAM" };
        var days = new Option<int>("--working-days")
        {
            Description = $"How many working days ahead, 1 to {ForecastApi.Most}",
            HelpName = "N",
            DefaultValueFactory = _ => ForecastApi.Usual,
            CustomParser = result =>
            {
                if (ForecastApi.DaysOf(result.Tokens[0].Value) is { } asked)
                {
                    return asked;
                }

                result.AddError($"--working-days wants a number from 1 to {ForecastApi.Most}, not \"{result.Tokens[0].Value}\".");
                return ForecastApi.Usual;
            },
        };
        var asAt = ReadOptions.AsAt();
        var json = CommonOptions.Json();
        return SessionVerb.Create(
            "forecast", "Says what falls due for each worker, who is in, and what is at risk. Example: practice forecast --team T1 --working-days 5",
            [team, days, asAt, json], async (session, parsed, ct) =>
            {
                await session.RefuseUnknownTeamAsync(parsed.GetValue(team), ct);
                var everybody = BearerAuthentication.Principal(new Identity("practice", [Role.Administrator]), "cli");
                var instant = parsed.GetValue(asAt).Instant;
                var forecast = await session.Get<ForecastReader>().TakeAsync(everybody, parsed.GetValue(team), null, parsed.GetValue(days), instant, ct);
                if (parsed.GetValue(json))
                {
                    Out.Json(forecast.Workers.Select(WorkerAheadJson.Of));
                    return ExitCode.Fine;
                }

                Out.Table(
                    ["team", "worker", "days in", "overdue", "due", "busiest day"],
                    [.. forecast.Workers.Select(w => (string[])
                        [w.Team ?? "", w.Worker ?? "nobody", $"{w.DaysIn} of {w.Days.Count}", Number(w.Overdue), Number(w.Duties.Count), Busiest(w)])]);
                var risks = forecast.Workers.SelectMany(w => w.Duties).Where(d => d.AtRisk).OrderBy(d => d.Duty.Due).ToList();
                if (risks.Count > 0)
                {
                    Out.Line("");
                    Out.Table(["at risk", "due", "child", "worker", "because"], [.. risks.Select(d => (string[])
                        [d.Duty.Title, Dates.Iso(d.Duty.Due), d.Duty.Child, d.Duty.Worker ?? "nobody", string.Join(" ", ForecastWords.Risks(d))])]);
                }

                Out.Note($"{Out.Count(forecast.Workers.Sum(w => w.Duties.Count))} duties fall due by {Dates.Short(forecast.Days[^1])}, {Out.Count(risks.Count)} at risk.");
                return ExitCode.Fine;
            });
    }

    private static string Busiest(WorkerAhead worker) => worker.Days.MaxBy(d => d.Due) is { Due: > 0 } day ? $"{Dates.Iso(day.Date)}: {Number(day.Due)}" : "";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
