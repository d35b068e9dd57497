using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PracticeEvents.App.Tests.Web.Harness;
using Xunit;

namespace PracticeEvents.App.Tests.House;

/// <summary><c>docs/schema.sql</c> is what PostgreSQL says of a fresh database.</summary>
public sealed partial class SchemaPageTests(RunningService service) : IClassFixture<RunningService>
{
    // Another version of pg_dump words some things otherwise; the page is written with this one.
    private const int WrittenWith = 15;

    // APPROVE=1 writes the page anew; then read the difference.
    [Fact]
    public async Task The_page_of_the_schema_is_what_a_fresh_database_has()
    {
        var source = service.Services.GetRequiredService<NpgsqlDataSource>();
        await using var asked = source.CreateCommand("select setting from pg_config where name = 'BINDIR'");
        await using var version = source.CreateCommand("select current_setting('server_version_num')::int / 10000");
        var said = Plain(await DumpAsync((string)(await asked.ExecuteScalarAsync())!, service.Connection));
        var page = Path.Combine(Repository.Find("docs")!, "schema.sql");
        if (Environment.GetEnvironmentVariable("APPROVE") is "1")
        {
            await File.WriteAllTextAsync(page, said, new UTF8Encoding(false));
        }

        var approved = await File.ReadAllTextAsync(page);
        if ((int)(await version.ExecuteScalarAsync())! == WrittenWith)
        {
            Assert.Equal(approved, said);
        }
        else
        {
            Assert.Equal(Tables().Matches(approved).Select(m => m.Value), Tables().Matches(said).Select(m => m.Value));
        }
    }

    private static async Task<string> DumpAsync(string folder, string connection)
    {
        var to = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo(Path.Combine(folder, "pg_dump"),
            [
                "--schema-only", "--no-owner", "--no-privileges", "--schema=public", "--schema=practice",
                $"--host={to.Host}", $"--port={to.Port}", $"--username={to.Username}", to.Database!,
            ])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["PGPASSWORD"] = to.Password;
        using var dump = System.Diagnostics.Process.Start(start)!;
        var said = await dump.StandardOutput.ReadToEndAsync();
        await dump.WaitForExitAsync();
        Assert.Equal(0, dump.ExitCode);
        return said;
    }

    // Without what differs from one dump to the next: versions, a token, settings of the session, and the moment at which the table of events was made.
    private static string Plain(string dump)
    {
        var lines = dump.ReplaceLineEndings("\n").Split('\n')
            .Where(l => !l.StartsWith("--", StringComparison.Ordinal)
                && !l.StartsWith('\\')
                && !l.StartsWith("SET ", StringComparison.Ordinal)
                && !l.StartsWith("SELECT pg_catalog.set_config", StringComparison.Ordinal));
        var text = Made().Replace(string.Join('\n', lines), "DEFAULT '(now())'::timestamp with time zone");
        return "-- Written by `make docs` with pg_dump of PostgreSQL 15: the whole schema of a fresh database.\n\n" + Gaps().Replace(text, "\n\n").Trim() + "\n";
    }

    [GeneratedRegex(@"DEFAULT '\d{4}-[^']*'::timestamp with time zone")]
    private static partial Regex Made();

    [GeneratedRegex("\n{3,}")]
    private static partial Regex Gaps();

    [GeneratedRegex(@"CREATE TABLE \S+")]
    private static partial Regex Tables();
}
