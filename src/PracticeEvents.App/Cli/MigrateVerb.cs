using System.CommandLine;
using PracticeEvents.Store;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice migrate</c>: brings the schema of the database up to date. Every verb does so; this one does nothing else.</summary>
internal static class MigrateVerb
{
    public static Command Create()
    {
        var json = CommonOptions.Json();
        return SessionVerb.Create(
            "migrate",
            "Brings the schema of the database up to date, and does nothing else. Example: practice migrate --connection \"Host=db;Database=practice\"",
            [json], async (session, parsed, ct) =>
            {
                var schema = await Schema.CheckAsync(session.Database.Source, ct);
                if (parsed.GetValue(json))
                {
                    Out.Json(new { current = schema.IsCurrent, schema.Missing, schema.Ahead });
                }
                else
                {
                    Out.Line("The schema is up to date.");
                }

                return ExitCode.Fine;
            });
    }
}
