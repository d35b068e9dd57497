using System.CommandLine;
using System.Text.Json;
using PracticeEvents.App.Access;
using PracticeEvents.App.Hosting;
using PracticeEvents.App.Synthetic;
using PracticeEvents.Store;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice generate</c>: an invented authority, into the database or a file.</summary>
internal static class GenerateVerb
{
    private static readonly Option<int> Seed = Number("--seed", "Which authority: another seed is another place with other children", 20, 0, 1_000_000);
    private static readonly Option<int> Children = Number("--children", "Children with an open case", 600, 20, 50_000);
    private static readonly Option<int> Months = Number("--months", "Months of history", 24, 1, 120);
    private static readonly Option<DateTimeOffset?> Now = CommonOptions.Instant("--now", "Where the history stops; the present when not given");

    public static Command Create()
    {
        var (file, json) = (
            new Option<string?>("--out")
            {
                Description = "Write CloudEvents, one on each line, to this file and leave the database alone",
                HelpName = "FILE",
            },
            CommonOptions.Json());
        var verb = SessionVerb.Create(
            "generate", "Makes up an authority with its history; nobody in it exists. Example: practice generate --seed 20 --children 600 --out events.ndjson",
            [Seed, Children, Months, Now, file, json], (session, parsed, ct) => LoadAsync(session, parsed, parsed.GetValue(json), ct));
        return SessionVerb.UnlessAsync(verb, (parsed, ct) => parsed.GetValue(file) is { } path
            ? WriteAsync(Plan(parsed, TimeProvider.System), path, parsed.GetValue(json), ct)
            : null);
    }

    private static async Task<int> LoadAsync(Session session, ParseResult parsed, bool json, CancellationToken ct)
    {
        var load = new DemoLoad(session.Get<EventStore>(), session.Database.Source, session.Get<Labels>(), session.Time);
        var (plan, there) = (Plan(parsed, session.Time), await load.FindAsync(ct));
        if (there is var (name, _) && DemoLoad.PlanOf(name) is { } loaded)
        {
            if (loaded.Seed != plan.Seed || loaded.OpenChildren != plan.OpenChildren || loaded.MonthsOfHistory != plan.MonthsOfHistory
                || (parsed.GetResult(Now) is not null && loaded.Now != plan.Now))
            {
                return Failures.Say($"This database has another invented authority already ({name}). Use another folder: --data FOLDER", ExitCode.Refused);
            }

            plan = loaded;
        }

        var added = await LoadAsync(load, plan, session.Services, ct);
        if (json)
        {
            Out.Json(new { load = DemoLoad.NameOf(plan), events = added });
        }
        else
        {
            Out.Line($"{Out.Count(added)} events of the invented authority {DemoLoad.NameOf(plan)} were added.");
        }

        return ExitCode.Fine;
    }

    /// <summary>Loads an authority and brings the views up to date, with progress on stderr.</summary>
    public static async Task<int> LoadAsync(DemoLoad load, AuthorityPlan plan, IServiceProvider services, CancellationToken ct)
    {
        var added = await Progress.ShowAsync("Loading the invented authority", report => load.RunAsync(
            plan, token => Settling.RunAsync(services, null, token), new Straight<int>(count => report(null, $"{Out.Count(count)} events")), ct));
        await Progress.ShowAsync("Working out every timescale", report => Settling.RunAsync(services, share => report(share), ct));
        return added;
    }

    private static async Task<int> WriteAsync(AuthorityPlan plan, string path, bool json, CancellationToken ct)
    {
        var count = await Progress.ShowAsync("Writing the invented authority", async report =>
        {
            await using var file = new StreamWriter(path);
            var written = 0;
            foreach (var e in SyntheticAuthority.Events(plan))
            {
                await file.WriteLineAsync(JsonSerializer.Serialize(new
                {
                    specversion = "1.0",
                    id = e.Id,
                    source = SyntheticAuthority.Source,
                    type = e.Type,
                    time = e.Time,
                    recordedtime = e.RecordedTime,
                    datacontenttype = "application/json",
                    data = e.Data,
                }).AsMemory(), ct);
                if (++written % 5000 == 0)
                {
                    report(null, $"{Out.Count(written)} events");
                }
            }

            report(1, $"{Out.Count(written)} events");
            return written;
        });
        if (json)
        {
            Out.Json(new { file = path, events = count });
        }
        else
        {
            Out.Line($"{Out.Count(count)} events were written to {path}. To load them, run: practice import {path}");
        }

        return ExitCode.Fine;
    }

    private static AuthorityPlan Plan(ParseResult parsed, TimeProvider time)
    {
        var now = (parsed.GetValue(Now) ?? time.GetUtcNow()).ToUniversalTime();
        return new AuthorityPlan(parsed.GetValue(Seed), parsed.GetValue(Children), now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)), parsed.GetValue(Months));
    }

    private static Option<int> Number(string name, string description, int usual, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && int.TryParse(given.Value, out var number) && (number < least || number > most))
            {
                result.AddError($"{name} is from {least} to {most}, not {number}.");
            }
        });
        return option;
    }
}
