using System.CommandLine;
using Npgsql;
using PracticeEvents.App.Hosting;
using PracticeEvents.App.Process;
using PracticeEvents.Store;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice check</c>: configuration, database, schema and rules, and how far behind the views are.</summary>
internal static class CheckVerb
{
    public static Command Create()
    {
        var json = CommonOptions.Json();
        return SessionVerb.Create(
            "check", "Checks configuration, database, schema and rules, and shows the configuration in use. Example: practice check --data .practice",
            [json], async (session, parsed, ct) =>
            {
                var found = await CheckAsync(session, ct);
                if (parsed.GetValue(json))
                {
                    Out.Json(found);
                }
                else
                {
                    Out.Table(["setting", "value"], [.. found.Configuration.Select(s => (string[])[s.Key, s.Value])]);
                    Out.Table(["what", "how it stands"], [.. found.Facts.Select(s => (string[])[s.Key, s.Value])]);
                    found.Problems.ToList().ForEach(Out.Line);
                    Out.Line(found.Problems.Count == 0 ? "All is well." : "See above for what to do.");
                }

                return found.Problems.Count == 0 ? ExitCode.Fine : ExitCode.Found;
            });
    }

    private static async Task<Check> CheckAsync(Session session, CancellationToken ct)
    {
        var source = session.Database.Source;
        var now = session.Time.GetUtcNow();
        var schema = await Schema.CheckAsync(source, ct);
        var head = await session.Get<EventStore>().HeadAsync(ct);
        var position = await TimescaleProcess.PositionAsync(source, ct);
        var quarantined = await session.Get<Inbox>().QuarantinedAsync(ct);
        var unmonitored = (await Unmonitored.All().AskAsync(source, ct)).Count;
        await using var server = source.CreateCommand("select current_setting('server_version')");
        var facts = new Dictionary<string, string>
        {
            ["database"] = $"PostgreSQL {await server.ExecuteScalarAsync(ct)}",
            ["schema"] = schema.IsCurrent ? "up to date" : "not up to date",
            ["rules"] = $"{session.Rules.All.Count} read, edition {session.Rules.Hash[..12]}",
            ["bank holidays"] = $"known up to {session.Rules.Calendar.LastKnown:d MMMM yyyy}",
            ["clock"] = session.Time is RehearsalClock ? $"rehearsal, at {now:d MMMM yyyy HH:mm} UTC" : "the machine's",
            ["events"] = $"{Out.Count(head)} in the log, worked through up to {Out.Count(position)}",
        };
        var problems = new List<string>();
        Note(!schema.IsCurrent, "The schema is not up to date. Run: practice migrate");
        Note(quarantined > 0, $"{Out.Count(quarantined)} messages wait for a person. See them at /api/inbox?status=quarantined.");
        Note(unmonitored > 0, $"{Out.Count(unmonitored)} children are not watched, because their record cannot be worked through.");
        Note(
            Domain.London.DateOf(now).AddMonths(6) > session.Rules.Calendar.LastKnown,
            "Bank holidays are known for less than six months ahead. Update the calendar in the folder of rules.");
        return new Check(problems.Count == 0 ? "ok" : "failing", Effective(session), facts, problems);

        void Note(bool found, string problem)
        {
            if (found)
            {
                problems.Add(problem);
            }
        }
    }

    private static Dictionary<string, string> Effective(Session session)
    {
        var place = session.Place;
        var settings = new Dictionary<string, string>
        {
            ["database"] = place.Connection is null ? "private" : "given by a connection string",
            ["data"] = place.Connection is null ? Path.GetFullPath(place.Folder) : "not used",
            ["connection"] = place.Connection is null ? "not given" : Masked(place.Connection),
            ["rules"] = Path.GetFullPath(place.Rules ?? RulePack.Shipped),
        };
        foreach (var (key, value) in Session.Settings)
        {
            settings[key] = value;
        }

        return settings;
    }

    private static string Masked(string connection)
    {
        var parts = new NpgsqlConnectionStringBuilder(connection);
        if (parts.Password is not null)
        {
            parts.Password = "***";
        }

        return parts.ConnectionString;
    }

    private sealed record Check(
        string Status, IReadOnlyDictionary<string, string> Configuration, IReadOnlyDictionary<string, string> Facts, IReadOnlyList<string> Problems);
}
