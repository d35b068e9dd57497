using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Alerts;

/// <summary>What was asked of a routing, so that it can be told whether another would have answered the same.</summary>
internal sealed class AskedRecipients : IRecipients
{
    private readonly Dictionary<(Role Role, bool IsIndependent), Reach> roles = [];
    private readonly Dictionary<string, string?> workers = new(StringComparer.Ordinal);
    private IRecipients? routing;

    /// <summary>True while nothing was asked.</summary>
    public bool IsEmpty => roles.Count == 0;

    /// <summary>Passes questions on from now on.</summary>
    public void Ask(IRecipients from) => routing = from;

    /// <summary>Forgets what was asked.</summary>
    public void Forget()
    {
        roles.Clear();
        workers.Clear();
    }

    public Reach Of(Role role, bool isIndependent = false) =>
        roles.TryGetValue((role, isIndependent), out var reach) ? reach : roles[(role, isIndependent)] = routing!.Of(role, isIndependent);

    public string? InFor(string worker) => workers.TryGetValue(worker, out var standing) ? standing : workers[worker] = routing!.InFor(worker);

    /// <summary>True when another routing answers some question otherwise.</summary>
    public bool Differs(IRecipients other)
    {
        foreach (var (role, reach) in roles)
        {
            if (!other.Of(role.Role, role.IsIndependent).Workers.SequenceEqual(reach.Workers))
            {
                return true;
            }
        }

        foreach (var (worker, standing) in workers)
        {
            if (other.InFor(worker) != standing)
            {
                return true;
            }
        }

        return false;
    }
}
