using System.CommandLine;
using System.Globalization;
using PracticeEvents.App.Access;
using PracticeEvents.App.Alerts.Sending;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice token</c>: the access tokens of people and programs.</summary>
internal static class TokenVerb
{
    public static Command Create() => new("token", "Access tokens of people and programs. Example: practice token create --worker W17 --roles team_manager")
    {
        CreateOne(), List(), Revoke(),
    };

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

    private static Command List()
    {
        var (worker, json) = (Worker(), CommonOptions.Json());
        return SessionVerb.Create(
            "list", "Lists the tokens, without the tokens themselves. Example: practice token list --worker W17",
            [worker, json], async (session, parsed, ct) =>
            {
                var tokens = await session.Get<Tokens>().ListAsync(parsed.GetValue(worker), ct);
                if (parsed.GetValue(json))
                {
                    Out.Json(tokens);
                    return ExitCode.Fine;
                }

                Out.Table(
                    ["id", "worker", "roles", "made (UTC)", "revoked (UTC)"],
                    [.. tokens.Select(t => (string[])
                        [t.Id, t.Worker, string.Join(",", t.Roles), When(t.CreatedAt), t.RevokedAt is { } at ? When(at) : ""])]);
                if (tokens.Count == 0)
                {
                    Out.Note("There are none. To make one, run: practice token create --worker W17 --roles team_manager");
                }

                return ExitCode.Fine;
            });
    }

    private static Command Revoke()
    {
        var ids = new Argument<string[]>("ID") { Description = "Ids of tokens, as practice token list says them", Arity = ArgumentArity.ZeroOrMore };
        var (worker, json) = (Worker(), CommonOptions.Json());
        var ways = new Option<bool>("--subscriptions") { Description = "With --worker: end the worker's feeds, webhooks, mail and other ways of being told, too" };
        var verb = SessionVerb.Create(
            "revoke", "Makes tokens open nothing any more, and signs out whoever is signed in with them. Example: practice token revoke --worker W17",
            [ids, worker, ways, json], async (session, parsed, ct) =>
            {
                var (all, now, whose) = (session.Get<Tokens>(), session.Time.GetUtcNow(), parsed.GetValue(worker));
                var given = whose is null ? parsed.GetValue(ids)! : [.. (await all.ListAsync(whose, ct)).Where(t => t.RevokedAt is null).Select(t => t.Id)];
                var revoked = await all.RevokeAsync(given, now, ct);
                var left = whose is null ? [] : await session.Get<Subscriptions>().OfAsync(whose, ct);
                foreach (var subscription in parsed.GetValue(ways) ? left : [])
                {
                    await session.Get<Subscriptions>().RevokeAsync(subscription.Id, now, ct);
                }

                var unknown = given.Except(revoked).ToList();
                if (parsed.GetValue(json))
                {
                    Out.Json(new { revoked, unknown, subscriptions = left.Count, subscriptionsEnded = parsed.GetValue(ways) });
                }
                else if (revoked.Count > 0)
                {
                    Out.Line($"revoked: {string.Join(", ", revoked)}");
                    Out.Note("Whoever was signed in with them is signed out now; their live streams end within a quarter of a minute.");
                }

                if (left.Count > 0)
                {
                    var many = left.Count == 1 ? "One way" : string.Create(CultureInfo.InvariantCulture, $"{left.Count} ways");
                    Out.Note(
                        $"{many} of being told ({string.Join(", ", left.Select(s => s.Channel).Distinct())}) "
                        + $"{(parsed.GetValue(ways) ? "ended too." : "of theirs go on. To end them too, add --subscriptions.")}");
                }

                return unknown.Count > 0 ? Failures.Say($"There is no good token {string.Join(", ", unknown)}. To see which there are, run: practice token list", ExitCode.Refused)
                    : revoked.Count == 0 && !(parsed.GetValue(ways) && left.Count > 0)
                        ? Failures.Say($"{whose} has no good token. To see which there are, run: practice token list", ExitCode.Refused)
                    : ExitCode.Fine;
            });
        verb.Validators.Add(result =>
        {
            if ((result.GetValue(worker) is null) == (result.GetValue(ids) is not { Length: > 0 }))
            {
                result.AddError("Say which tokens: either ids, as practice token list says them, or --worker for all of a worker's.");
            }
            else if (result.GetValue(ways) && result.GetValue(worker) is null)
            {
                result.AddError("--subscriptions goes with --worker: it ends what is that worker's.");
            }
        });
        return verb;
    }

    private static Option<string?> Worker() => new("--worker") { Description = "Worker id: only the tokens of this worker", HelpName = "W" };

    private static string When(DateTimeOffset at) => at.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
}
