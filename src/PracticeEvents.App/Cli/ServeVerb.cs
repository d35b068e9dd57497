using System.CommandLine;
using PracticeEvents.App.Hosting;
using PracticeEvents.App.Web.Pages.SignIn;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice serve</c>: web, inputs, views and timers.</summary>
internal static class ServeVerb
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var connection = CommonOptions.Connection();
        var rules = CommonOptions.Rules();
        var urls = new Option<string>("--urls")
        {
            Description = "Addresses to listen on",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? "http://127.0.0.1:8080",
        };
        var rehearsal = CommonOptions.Instant("--rehearsal", "Run on a virtual clock that starts here and only moves when it is moved");
        var demo = new Option<bool>("--demo") { Description = "Load a synthetic authority into an empty database, and offer its people on the sign-in page" };
        var verb = new Command("serve", "Runs the service. Example: practice serve --rehearsal 2026-03-02T09:00:00Z") { data, connection, rules, urls, rehearsal, demo };
        verb.SetAction((parsed, ct) => Failures.ToExitCodeAsync(() => RunAsync(
            new ServeOptions(
                parsed.GetValue(data)!, parsed.GetValue(connection), parsed.GetValue(urls)!,
                parsed.GetValue(rehearsal), parsed.GetValue(demo), parsed.GetValue(rules)),
            ct)));
        return verb;
    }

    private static async Task<int> RunAsync(ServeOptions options, CancellationToken ct)
    {
        using var logs = Session.ToStderr();
        await using var database = await Database.OpenAsync(options.Folder, options.Connection, logs, ct);
        await using var app = await PracticeHost.BuildAsync(options, database, ct);
        var people = options.Demo ? await Demo.PrepareAsync(options, database, app.Services, ct) : [];
        app.Services.GetRequiredService<DemoList>().People = people;
        await app.StartAsync(ct);
        foreach (var url in app.Urls)
        {
            Out.Line($"listening on {url}");
        }

        if (people.Count > 0)
        {
            Demo.Say(app.Urls.First(), people);
        }

        await app.WaitForShutdownAsync(ct);
        return ExitCode.Fine;
    }
}
