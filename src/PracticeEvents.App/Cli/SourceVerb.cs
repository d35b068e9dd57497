using System.CommandLine;
using PracticeEvents.App.Inputs;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice source</c>: the systems that may send events.</summary>
internal static class SourceVerb
{
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public static Command Create() => new("source", "The systems that may send events. Example: practice source create cms")
    {
        CreateOne(), Rotate(), List(),
    };

    private static Command CreateOne()
    {
        var (name, json) = (Name(), CommonOptions.Json());
        return SessionVerb.Create(
            "create", "Registers a sender; its bearer token and webhook secret are shown once. Example: practice source create cms",
            [name, json], async (session, parsed, ct) =>
            {
                var wanted = parsed.GetValue(name)!;
                if (await session.Get<Sources>().CreateAsync(wanted, session.Time.GetUtcNow(), ct) is not { } made)
                {
                    return Failures.Say($"There is a source {wanted} already. For a new secret, run: practice source rotate {wanted}", ExitCode.Refused);
                }

                return Say(made, parsed.GetValue(json), "Either proves the sender: the bearer token, or a Standard Webhooks signature made with the secret.");
            });
    }

    private static Command Rotate()
    {
        var (name, json) = (Name(), CommonOptions.Json());
        var seen = new Option<bool>("--leaked")
        {
            Description = "They may have been seen: a new bearer token and a new secret, and those before are not believed from now on",
        };
        return SessionVerb.Create(
            "rotate", "Gives a sender a new webhook secret; the one before is believed for 24 hours more. Example: practice source rotate cms",
            [name, seen, json], async (session, parsed, ct) =>
            {
                var (wanted, now) = (parsed.GetValue(name)!, session.Time.GetUtcNow());
                var unknown = $"There is no source {wanted}. To see which there are, run: practice source list";
                if (parsed.GetValue(seen))
                {
                    return await session.Get<Sources>().RenewAsync(wanted, now, ct) is { } made
                        ? Say(made, parsed.GetValue(json), "What the sender had before proves nothing within five seconds from now.")
                        : Failures.Say(unknown, ExitCode.Refused);
                }

                if (await session.Get<Sources>().RotateAsync(wanted, Overlap, now, ct) is not { } secret)
                {
                    return Failures.Say(unknown, ExitCode.Refused);
                }

                if (parsed.GetValue(json))
                {
                    Out.Json(new { name = wanted, secret });
                    return ExitCode.Fine;
                }

                Out.Line(secret);
                Out.Note("Keep it: it is not shown again. The secret before this one is believed for 24 hours more.");
                return ExitCode.Fine;
            });
    }

    private static Command List()
    {
        var json = CommonOptions.Json();
        return SessionVerb.Create("list", "Lists the senders, without their secrets. Example: practice source list", [json], async (session, parsed, ct) =>
        {
            var now = session.Time.GetUtcNow();
            var sources = (await session.Get<Sources>().ListAsync(ct))
                .Select(s => new SourceLine(s.Name, s.Secrets.Min(k => k.CreatedAt), s.Secrets.Max(k => k.CreatedAt), s.LiveSecrets(now).Count())).ToList();
            if (parsed.GetValue(json))
            {
                Out.Json(sources);
                return ExitCode.Fine;
            }

            Out.Table(["source", "newest secret made", "live secrets"], [.. sources.Select(s => (string[])[s.Name, $"{s.NewestSecretAt:d MMM yyyy HH:mm}", $"{s.LiveSecrets}"])]);
            return ExitCode.Fine;
        });
    }

    // A line each: in a table, a narrow terminal would break them in two.
    private static int Say(NewSource made, bool json, string then)
    {
        if (json)
        {
            Out.Json(made);
            return ExitCode.Fine;
        }

        Out.Line($"bearer  {made.Bearer}");
        Out.Line($"secret  {made.Secret}");
        Out.Note($"Keep both: they are not shown again. {then}");
        return ExitCode.Fine;
    }

    private static Argument<string> Name()
    {
        var name = new Argument<string>("NAME") { Description = "Its name: 1 to 64 letters, digits, hyphens and underscores" };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && !Sources.IsName(given.Value))
            {
                result.AddError($"\"{given.Value}\" cannot be the name of a source. A name has 1 to 64 letters, digits, hyphens and underscores.");
            }
        });
        return name;
    }

    private sealed record SourceLine(string Name, DateTimeOffset OldestSecretAt, DateTimeOffset NewestSecretAt, int LiveSecrets);
}
