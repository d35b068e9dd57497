using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Alerts;

/// <summary>One walk through what was known of a child, by one book of rules.</summary>
internal sealed class ReplayWalk(
    string child, Replay.Known[] known, IReadOnlyList<(DateTimeOffset At, AlertEvent Event)> acts, RuleBook rules, Surroundings around, DateTimeOffset from, DateTimeOffset to)
{
    private readonly Dictionary<string, AlertState> told = new(StringComparer.Ordinal);
    private readonly AskedRecipients asked = new();
    private readonly HashSet<string> notices = rules.All.Where(r => r.IsNotice).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
    private readonly List<Said> said = [];
    private readonly bool waits = rules.WaitedFor.Count > 0;
    private IReadOnlyList<Obligation> duties = [];
    private DateTimeOffset? fed;
    private int acted;

    public List<Said> Run()
    {
        for (var n = First(); n < known.Length && known[n].At < to; n++)
        {
            WorkOut(known[n], known[n].At);
            var until = n + 1 < known.Length ? known[n + 1].At : DateTimeOffset.MaxValue;
            Look(known[n], known[n].At, known[n].Load);
            for (var next = Next(known[n], known[n].At, until); next is { } at; next = Next(known[n], at, until))
            {
                if (at == fed)
                {
                    WorkOut(known[n], at);
                }

                Look(known[n], at, UnderLoad(known[n], at));
            }
        }

        return said;
    }

    // Rules that wait for what no system has sent yet begin to count when it comes, for everybody.
    private void WorkOut(Replay.Known now, DateTimeOffset at)
    {
        duties = Obligations.For(now.History, rules, waits ? around.Feeds.At(at) : null);
        fed = waits ? around.Feeds.After(at) : null;
    }

    // What people have been told of a duty follows from the present alone, so the last arrival before the period is where to begin. A notice has a past, as has whatever
    // people have said something to: it is read, or stays with whom it was given.
    private int First()
    {
        var first = 0;
        while (notices.Count == 0 && acts.Count == 0 && first + 1 < known.Length && known[first + 1].At < from)
        {
            first++;
        }

        return first;
    }

    // The next step of an open duty, or the next change of teams that changes who is told. What falls together with an arrival was said before it.
    private DateTimeOffset? Next(Replay.Known now, DateTimeOffset at, DateTimeOffset until)
    {
        var step = acted < acts.Count ? acts[acted].At : DateTimeOffset.MaxValue;
        foreach (var duty in duties)
        {
            if (duty.Outcome is Outcome.Open && Escalation.Next(duty, told.Values, at) is { } its && its < step)
            {
                step = its;
            }
        }

        step = fed is { } first && first < step && first < until ? first : step;
        var end = until < to ? until : to;
        Func<string, bool> isTold = worker => MayBeTold(worker, now.Situation, around.Structure.At(at));
        foreach (var change in asked.IsEmpty ? [] : around.Structure.ChangesAfter(at))
        {
            if (change.At >= step || change.At >= end)
            {
                break;
            }

            if (around.Structure.Concerns(change, isTold) && asked.Differs(new Routing(now.Situation, around.Structure.At(change.At), London.DateOf(change.At))))
            {
                return change.At;
            }
        }

        return step <= until && step < to ? step : null;
    }

    private bool MayBeTold(string worker, ChildSituation situation, Structure structure)
    {
        if (structure.Seniors.Contains(worker))
        {
            return true;
        }

        foreach (var allocation in situation.Allocations.Values)
        {
            if (allocation.Worker == worker)
            {
                return true;
            }
        }

        foreach (var alert in told.Values)
        {
            if (alert.To == worker || alert.PassedTo == worker)
            {
                return true;
            }
        }

        return false;
    }

    private void Look(Replay.Known now, DateTimeOffset at, string? load)
    {
        Act(at);
        asked.Forget();
        if (told.Count == 0 && !AnyStep(at))
        {
            return;
        }

        asked.Ask(new Routing(now.Situation, around.Structure.At(at), London.DateOf(at)));
        foreach (var e in AlertDecisions.Decide(child, duties, told.Values, asked, at, load))
        {
            Hear(e, at, isQuiet: load is not null);
        }
    }

    private void Hear(AlertEvent e, DateTimeOffset at, bool isQuiet)
    {
        var state = AlertState.Evolve(told.GetValueOrDefault(e.Alert), e, at)!;
        if (state.IsLive || state.PassedTo is not null || notices.Contains(state.Rule))
        {
            told[e.Alert] = state;
        }
        else
        {
            // What is over leaves nothing behind: a duty that comes back is told of again.
            told.Remove(e.Alert);
        }

        if (e is AlertRaised or AlertStageReached && !isQuiet && at >= from)
        {
            said.Add(new Said(at, child, state.Id, state.Rule, state.Occurrence, state.Stage, state.Role, state.To, state.Due));
        }
    }

    private void Act(DateTimeOffset at)
    {
        for (; acted < acts.Count && acts[acted].At <= at; acted++)
        {
            var (when, e) = acts[acted];
            if (told.TryGetValue(e.Alert, out var state))
            {
                told[e.Alert] = AlertState.Evolve(state, e, when)!;
            }
        }
    }

    private bool AnyStep(DateTimeOffset at)
    {
        foreach (var duty in duties)
        {
            if (duty is { Outcome: Outcome.Open, Nudges: [var first, ..] } && first.At <= at)
            {
                return true;
            }
        }

        return false;
    }

    // As live: quiet while the last thing known belongs to a load that goes on.
    private string? UnderLoad(Replay.Known last, DateTimeOffset at) =>
        last.LastLoad is { } load && at - last.At < Surroundings.LoadUnderWay && !(around.LoadsFinished.TryGetValue(load, out var finished) && finished <= at) ? load : null;
}
