using System.Text.Json;
using PracticeEvents.App.Access;
using PracticeEvents.App.Alerts;
using PracticeEvents.App.Children;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Hosting;

/// <summary>Somebody of the invented authority to sign in as.</summary>
internal sealed record DemoPerson(Role Role, string Worker, string Token);

/// <summary>One person of each role that the demonstration shows, each with something to do. Their tokens stay good from start to start.</summary>
internal sealed class DemoPeople(AlertTable alerts, Tokens tokens, StructureReader structures, TimeProvider time)
{
    private const string FileName = "demo-people.json";

    private static readonly Role[] Shown =
        [Role.TeamManager, Role.HeadOfService, Role.Iro, Role.CpChair, Role.SocialWorker, Role.PloCoordinator, Role.Administrator];

    /// <summary>The people.</summary>
    /// <param name="folder">Folder in which their tokens are kept, readable by its owner only; nothing to make new ones each time.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<DemoPerson>> OfAsync(string? folder, CancellationToken ct)
    {
        var file = folder is null ? null : Path.Combine(folder, FileName);
        if (file is not null && await KeptAsync(file, ct) is { } kept)
        {
            return kept;
        }

        var live = await alerts.ListAsync(null, null, [AlertStatus.Open, AlertStatus.Acknowledged], ct);
        var structure = await structures.ReadAsync(ct: ct);
        var people = new List<DemoPerson>();
        foreach (var role in Shown)
        {
            var worker = live.Where(a => a.Role == role && structure.Workers.GetValueOrDefault(a.To) is { Left: false } known && known.Roles.Contains(role))
                .CountBy(a => a.To).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key).FirstOrDefault()
                ?? structure.Holding(role).FirstOrDefault() ?? EventName.Word(role.ToString());
            people.Add(new DemoPerson(role, worker, await tokens.CreateAsync(worker, [role], time.GetUtcNow(), ct)));
        }

        if (file is not null)
        {
            await KeepAsync(file, people, ct);
        }

        return people;
    }

    private async Task<IReadOnlyList<DemoPerson>?> KeptAsync(string file, CancellationToken ct)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            var kept = JsonSerializer.Deserialize<List<DemoPerson>>(await File.ReadAllTextAsync(file, ct), ApiJson.Options) ?? [];
            foreach (var person in kept)
            {
                if (await tokens.FindAsync(person.Token, ct) is not { } identity || identity.Worker != person.Worker)
                {
                    return null;
                }
            }

            return kept.Count == Shown.Length ? kept : null;
        }
        catch (JsonException)
        {
            // Spoilt by hand: new tokens are made.
            return null;
        }
    }

    private static async Task KeepAsync(string file, List<DemoPerson> people, CancellationToken ct)
    {
        File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var stream = new FileStream(file, options);
        await JsonSerializer.SerializeAsync(stream, people, ApiJson.Options, ct);
    }
}
