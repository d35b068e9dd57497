using System.CommandLine;
using PracticeEvents.App.Api;
using PracticeEvents.App.Measuring;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Measures;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice measures</c>: every measure with its figure for a period.</summary>
internal static class MeasuresVerb
{
    public static Command Create()
    {
        var from = Date("--from", "First day; the first of the month two months ago when left out");
        var to = Date("--to", "Last day; today when left out");
        var team = new Option<string?>("--team") { Description = "Only cases of this team", HelpName = "TEAM" };
        var asAt = ReadOptions.AsAt();
        var json = CommonOptions.Json();
        return SessionVerb.Create(
            "measures", "Gives every measure for a period. Example: practice measures --from 2026-01-01 --to 2026-03-31",
            [from, to, team, asAt, json], async (session, parsed, ct) =>
            {
                if (PeriodAsked.TryParse(parsed.GetValue(from), parsed.GetValue(to), out var given) is { } problem)
                {
                    return Failures.Say(problem, ExitCode.BadUsage);
                }

                await session.RefuseUnknownTeamAsync(parsed.GetValue(team), ct);
                var today = London.DateOf(parsed.GetValue(asAt).Or(session.Time));
                var period = given.Or(today, MeasuresApi.ListMonths);
                var asked = new Asked(MeasureCatalogue.All, [period]) { Team = parsed.GetValue(team), AsAt = parsed.GetValue(asAt).Instant };
                var figures = await session.Get<MeasureReader>().FiguresOfAllAsync(asked, ct);
                if (parsed.GetValue(json))
                {
                    Out.Json(figures.Select(FigureJson.Of));
                    return ExitCode.Fine;
                }

                string[] headings = ["measure", "figure", "of", "waiting", "not recorded", "target"];
                Out.Table(
                    asked.AsAt is null ? headings : [.. headings, "as reported then", "cases that differ"],
                    [.. figures.Select(f => (string[])
                        [.. Row(f), .. f.AsReportedThen is { } then ? (string[])[FigureWords.Of(f.About, then), Number(f.CasesThatDiffer ?? 0)] : []])]);
                Out.Note($"{Dates.Short(period.From)} to {Dates.Short(period.To)}.");
                return ExitCode.Fine;
            });
    }

    private static string[] Row(Measured f) =>
    [
        f.About.Id, FigureWords.Of(f.About, f.AsKnownNow), Number(f.AsKnownNow.Denominator), Number(f.AsKnownNow.Waiting),
        Number(f.AsKnownNow.NotRecorded), FigureWords.Target(f.About) ?? "",
    ];

    private static string Number(int count) => Out.Count(count);

    private static Option<string?> Date(string name, string description) => new(name) { Description = description, HelpName = "DATE" };
}
