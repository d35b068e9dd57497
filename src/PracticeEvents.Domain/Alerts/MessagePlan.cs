using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Alerts;

/// <summary>Word of one alert on its way to one person.</summary>
/// <param name="At">UTC instant at which it was said.</param>
/// <param name="Alert">The alert's id.</param>
/// <param name="Child">Child reference.</param>
/// <param name="Family">What the child shares with brothers and sisters; nothing when none are known.</param>
/// <param name="Rule">Rule id.</param>
/// <param name="Stage">The stage reached.</param>
/// <param name="Role">Role in which the person is told.</param>
/// <param name="MustNotWait">As <see cref="Urgency.MustNotWait"/>.</param>
public sealed record Word(DateTimeOffset At, string Alert, string Child, string? Family, string Rule, AlertStage Stage, Role Role, bool MustNotWait);

/// <summary>Word of an alert with when it goes out and what with.</summary>
/// <param name="Word">The word.</param>
/// <param name="At">UTC instant.</param>
/// <param name="Why">Why it is not sent at once.</param>
public sealed record PlannedWord(Word Word, DateTimeOffset At, Held Why)
{
    /// <summary>What goes out in one message has the same: all that was held, and the same duty of brothers and sisters. What must not wait goes with nothing that may.</summary>
    public string Together => Why is not Held.No ? "" : $"{(Word.MustNotWait ? "now" : "soon")} {Word.Family ?? Word.Child} {Word.Rule}";
}

/// <summary>Turns what is said to one person into as few messages as can be: nothing that must not wait is held, brothers and sisters share
/// one, and what is too much for a day comes in one the next morning.</summary>
/// <param name="times">When the person wants to be sent it.</param>
/// <param name="budget">How many words a day a role is sent at once.</param>
public sealed class MessagePlan(SendingTimes times, Func<Role, int> budget)
{
    private readonly Dictionary<(DateOnly Day, Role Role), int> sent = [];

    /// <summary>How long word about a child with brothers or sisters waits for theirs.</summary>
    public static TimeSpan Gathering { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Takes into account what was sent before.</summary>
    /// <param name="day">London date.</param>
    /// <param name="role">Role in which the person was told.</param>
    /// <param name="count">How many words were sent at once that counted against the budget.</param>
    public void Count(DateOnly day, Role role, int count) => sent[(day, role)] = sent.GetValueOrDefault((day, role)) + count;

    /// <summary>When word goes out. To be asked in the order in which it was said.</summary>
    public PlannedWord Plan(Word word)
    {
        // What must not wait does not wait for brothers and sisters either, and leaves the budget alone.
        if (word.MustNotWait)
        {
            return new PlannedWord(word, word.At, Held.No);
        }

        var day = London.DateOf(word.At);
        var (at, why) = times.For(word.Stage, sent.GetValueOrDefault((day, word.Role)) >= budget(word.Role), word.At);
        if (why is not Held.No)
        {
            return new PlannedWord(word, at, why);
        }

        Count(day, word.Role, 1);
        return new PlannedWord(word, word.Family is null ? at : at + Gathering, why);
    }

    /// <summary>The messages that some words make, in the order in which they go out.</summary>
    public static IReadOnlyList<IReadOnlyList<PlannedWord>> Messages(IEnumerable<PlannedWord> words)
    {
        var messages = new List<List<PlannedWord>>();
        var open = new Dictionary<string, List<PlannedWord>>(StringComparer.Ordinal);
        foreach (var word in words.OrderBy(w => w.At))
        {
            var key = word.Together;
            if (open.TryGetValue(key, out var message) && word.At - message[0].At <= Gathering)
            {
                message.Add(word);
                continue;
            }

            open[key] = [word];
            messages.Add(open[key]);
        }

        return messages;
    }
}
