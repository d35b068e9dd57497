using System.CommandLine;
using PracticeEvents.App.Access;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice token create</c>: an access token for a person or a program, shown once.</summary>
internal static class TokenVerb
{
    public static Command Create() => new("token", "Access tokens of people and programs. Example: practice token create --worker W17 --roles team_manager") { CreateOne() };

    private static Command CreateOne()
    {
        var worker = new Option<string>("--worker") { Description = "Worker id that the token is for", HelpName = "W", Required = true };
        var roles = new Option<Role[]>("--roles")
        {
            Description = $"Roles granted, separated by commas: {string.Join(", ", Roles.All)}",
            HelpName = "ROLE,ROLE",
            Required = true,
            CustomParser = result =>
            {
                var words = result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
                words.Where(w => Roles.Parse(w) is null).ToList().ForEach(w => result.AddError($"There is no role \"{w}\". The roles are {string.Join(", ", Roles.All)}."));
                return [.. words.Select(Roles.Parse).OfType<Role>().Distinct()];
            },
        };
        worker.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
            {
                result.AddError("--worker wants a worker id, such as W17.");
            }
        });
        var json = CommonOptions.Json();
        return SessionVerb.Create(
            "create", "Makes a token; it is shown once. Example: practice token create --worker W17 --roles team_manager", [worker, roles, json], async (session, parsed, ct) =>
            {
                var token = await session.Get<Tokens>().CreateAsync(parsed.GetValue(worker)!, parsed.GetValue(roles)!, session.Time.GetUtcNow(), ct);
                if (parsed.GetValue(json))
                {
                    Out.Json(new { token });
                }
                else
                {
                    Out.Line(token);
                    Out.Note("Keep it: it is not shown again. Sign in with it, or send it as \"Authorization: Bearer\".");
                }

                return ExitCode.Fine;
            });
    }
}
