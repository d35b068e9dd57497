using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Alerts;

/// <summary>Duties that nobody can be held to: neither whoever holds the role for the child, nor cover, nor one level up. Whoever is found
/// further up is told at once, once for each child and role, whatever the stage of the duties: nobody would see them come due.</summary>
public static class UncoveredDuties
{
    /// <summary>The rule id of these alerts. It is no rule of practice, and stands in no pack.</summary>
    public const string Rule = "uncovered-duty";

    /// <summary>What such an alert is called.</summary>
    public const string Title = "Nobody can be reached for this child’s duties";

    /// <summary>The role that answers for a duty: the first that its profile tells.</summary>
    public static Role? Owner(Obligation duty) => duty.Nudges is [{ Step.To: [var first, ..] }, ..] ? first : null;

    /// <summary>What to say so that exactly those who must know are told. Deciding again with the result changes nothing.</summary>
    /// <param name="child">Child reference.</param>
    /// <param name="duties">Every duty of the child.</param>
    /// <param name="told">Every alert of the child so far.</param>
    /// <param name="recipients">Who is told in which role.</param>
    /// <param name="now">UTC instant.</param>
    /// <param name="load">The load whose history is being taken in; nothing otherwise.</param>
    public static IReadOnlyList<AlertEvent> Decide(
        string child, IReadOnlyList<Obligation> duties, IReadOnlyCollection<AlertState> told, IRecipients recipients, DateTimeOffset now, string? load)
    {
        var events = new List<AlertEvent>();
        var known = told.Where(a => a.Rule == Rule).ToDictionary(a => a.Id, StringComparer.Ordinal);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var on = Happened.AtInstant(now);
        var open = duties.Where(d => d is { Outcome: Outcome.Open, Edition.IsNotice: false, Due: not null } && Owner(d) is not null);
        foreach (var (role, its) in open.GroupBy(d => Owner(d)!.Value).OrderBy(g => g.Key)
            .Select(g => (g.Key, g.OrderBy(d => d.Due!.Value.Date).ThenBy(d => d.Rule.Id, StringComparer.Ordinal).ToList())))
        {
            if (recipients.Of(role) is not { Way: Way.Uncovered, Workers: [var to, ..] })
            {
                continue;
            }

            var occurrence = OccurrenceOf(child, role);
            var id = AlertState.IdOf(child, Rule, occurrence, to);
            asked.Add(id);
            var due = new Happened(its[0].Due!.Value.Date, its[0].Due!.Value.At?.ToUniversalTime());
            if (!known.TryGetValue(id, out var alert))
            {
                events.Add(new AlertRaised
                {
                    Alert = id,
                    On = on,
                    Child = child,
                    Rule = Rule,
                    Occurrence = occurrence.ToString("D", CultureInfo.InvariantCulture),
                    Stage = AlertStage.Escalated,
                    Role = role,
                    To = to,
                    Due = due,
                    Because = [.. its.Select(d => d.StartedBy.EventId).Distinct(StringComparer.Ordinal).Take(10)],
                    Quiet = load is not null,
                    Load = load,
                });
            }
            else if (!alert.IsLive)
            {
                events.Add(new AlertStageReached { Alert = id, On = on, Stage = AlertStage.Escalated, Due = due, Quiet = load is not null, Load = load });
            }
        }

        events.AddRange(known.Values.Where(a => a.IsLive && !asked.Contains(a.Id)).OrderBy(a => a.Id, StringComparer.Ordinal)
            .Select(a => new AlertWithdrawn { Alert = a.Id, On = on, Because = ["Somebody can be reached again, or nothing is open any more."] }));
        return events;
    }

    // One for each child and role, whenever it is.
    private static Guid OccurrenceOf(string child, Role role) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{Rule}\n{child}\n{EventName.Word(role)}")).AsSpan(0, 16), bigEndian: true);
}
