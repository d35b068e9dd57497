using PracticeEvents.App.Access;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>How many words of alerts a day each role is sent at once, by each subscription; the rest comes in one message the next morning.
/// <c>Alerts:Budgets:</c> and the role's name, 20 where nothing is said, 0 for none at once. What must not wait does not count and is not held. A
/// local default: no guidance gives a number.</summary>
internal sealed class Budgets
{
    /// <summary>Where nothing is said.</summary>
    public const int Usual = 20;

    private readonly Dictionary<Role, int> said = [];

    public Budgets(IConfiguration configuration)
    {
        foreach (var budget in configuration.GetSection("Alerts:Budgets").GetChildren())
        {
            var role = Roles.Parse(budget.Key) ?? throw new Hosting.SettingsException($"Alerts:Budgets:{budget.Key}: there is no role {budget.Key}.");
            said[role] = int.TryParse(budget.Value, out var most) && most >= 0
                ? most
                : throw new Hosting.SettingsException($"Alerts:Budgets:{budget.Key} is not a number of messages.");
        }
    }

    /// <summary>A role's.</summary>
    public int Of(Role role) => said.GetValueOrDefault(role, Usual);
}
