using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Children;

/// <summary>Which team held a child when, as far as events say.</summary>
public sealed class TeamHistory
{
    private readonly List<(DateOnly From, string Team)> teams = [];

    /// <summary>The teams of a history.</summary>
    public TeamHistory(History history)
    {
        var told = history.Of(EventCatalogue.Kind<CaseAllocated>()).Concat(history.Of(EventCatalogue.Kind<CaseTransferred>())).OrderBy(f => f.On);
        foreach (var fact in told)
        {
            var now = teams is [.., var last] ? last.Team : null;
            var team = fact.Event switch
            {
                CaseTransferred t => t.ToTeam,
                CaseAllocated { Role: CaseRole.SocialWorker } a => a.Team ?? now,
                CaseAllocated a => now ?? a.Team,
                _ => now,
            };
            if (team is not null && team != now)
            {
                teams.Add((fact.On.Date, team));
            }
        }
    }

    /// <summary>The team that held the child at the end of a London date; before any was said, the first that was. Nothing when none ever was.</summary>
    public string? At(DateOnly date)
    {
        string? held = null;
        foreach (var (from, team) in teams)
        {
            held = held is null || from <= date ? team : held;
        }

        return held;
    }
}
