using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Rules;

/// <summary>A rule as it stood between two dates. A duty keeps the edition in force on the day it started.</summary>
public sealed record Edition
{
    /// <summary>Name, such as "2010" or "Working Together 2023".</summary>
    public required string Name { get; init; }

    /// <summary>First London date in force.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last London date in force; nothing while it is current.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Where it comes from.</summary>
    public required LegalSource Source { get; init; }

    /// <summary>What starts the duty. Empty for a duty that follows other duties.</summary>
    public IReadOnlyList<Trigger> Starts { get; init; } = [];

    /// <summary>Rules whose duties this one follows: each of theirs starts one of this. For mid-points.</summary>
    public IReadOnlyList<string> Follows { get; init; } = [];

    /// <summary>The period in which starts count; nothing when they always do.</summary>
    public Period? During { get; init; }

    /// <summary>What must be so in the child's life for as long as the duty runs. When it ends, the duty is superseded; when it begins, the duty counts from the latest start.
    /// Empty for a duty that does not depend on circumstances.</summary>
    public IReadOnlyList<Circumstance> While { get; init; } = [];

    /// <summary>Why the council has it so, where this edition is a council's own change of a rule; nothing otherwise.</summary>
    public string? Local { get; init; }

    /// <summary>The alert profile that <see cref="Alerts"/> was taken from; nothing when the edition says for itself.</summary>
    public string? Profile { get; init; }

    /// <summary>What meets the duty. Empty only for a notice, which is met by being read.</summary>
    public IReadOnlyList<Trigger> MetBy { get; init; } = [];

    /// <summary>Questions of quality that are to be answered before the work is concluded; empty for most duties.</summary>
    public IReadOnlyList<Question> Checklist { get; init; } = [];

    /// <summary>True when what meets or stops the duty must carry the same reference as what started it, where both carry one.</summary>
    public bool SameRef { get; init; }

    /// <summary>True when neither the child's death nor the closing of the case ends the duty: what is owed about a serious incident is owed all the more.</summary>
    public bool Outlives { get; init; }

    /// <summary>What ends the duty unmet. The closing of the case and the death of the child end every duty and are not listed.</summary>
    public IReadOnlyList<Trigger> Stops { get; init; } = [];

    /// <summary>True when the duty is judged on when it was recorded and not on when it happened: same-day recording.</summary>
    public bool JudgedOnRecording { get; init; }

    /// <summary>True when meeting the duty starts the next one.</summary>
    public bool Repeats { get; init; }

    /// <summary>What a further start does while a duty is open.</summary>
    public Restart Restart { get; init; } = Restart.Parallel;

    /// <summary>When it is due.</summary>
    public required DueRule Due { get; init; }

    /// <summary>Who is told what and when, in the order of the stages.</summary>
    public IReadOnlyList<AlertStep> Alerts
    {
        get;
        init
        {
            field = value;
            RolesTold = [.. value.SelectMany(s => s.To).Distinct().OrderBy(r => EventName.Word(r), StringComparer.Ordinal)];
        }
    } = [];

    /// <summary>Everyone named in <see cref="Alerts"/>, each role once, by its word.</summary>
    public IReadOnlyList<Role> RolesTold { get; private init; } = [];

    /// <summary>For a notice, an immediate message with no deadline: how long after the event it is still news. Nothing for a duty.</summary>
    public Span? NoticeFor { get; init; }

    /// <summary>For a mid-point: the cycle that it halves.</summary>
    public string? Cycle { get; init; }

    /// <summary>True for an immediate message and not a duty.</summary>
    public bool IsNotice => NoticeFor is not null;

    /// <summary>True for an event of a kind that meets the duty.</summary>
    internal bool IsMetBy(PracticeEvent e) => MetBy.FirstMatching(e) is not null;
}

/// <summary>A period of a child's life, opened and closed by events.</summary>
/// <param name="From">What opens it.</param>
/// <param name="Until">What closes it.</param>
public sealed record Period(IReadOnlyList<Trigger> From, IReadOnlyList<Trigger> Until);

/// <summary>What a further start does while a duty of the rule is open.</summary>
public enum Restart
{
    /// <summary>Starts another beside it: each referral has its own decision.</summary>
    Parallel,

    /// <summary>Takes its place: a new placement restarts the clock, and the old duty is superseded, not missed.</summary>
    Supersede,

    /// <summary>Changes nothing: the strategy discussion that began the enquiry is the one that counts.</summary>
    KeepFirst,
}
