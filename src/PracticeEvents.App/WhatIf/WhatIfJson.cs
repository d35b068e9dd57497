using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.WhatIf;

/// <summary>What candidate rules would have come to in a past period, beside the rules in use. Counts are exact; of children and duties the first are named.</summary>
/// <param name="From">First London date of the period.</param>
/// <param name="To">Last London date of the period.</param>
/// <param name="Rules">The rules that can say something else, as ids. Only these are replayed and counted.</param>
/// <param name="Children">How many children's records were replayed: of those whom the rules that differ can concern.</param>
/// <param name="NotReplayed">How many more hold an event that cannot be read.</param>
/// <param name="LoadedEvents">How many of the events came with a load of history.</param>
/// <param name="Same">True when nothing at all differs.</param>
/// <param name="Before">What the rules in use come to.</param>
/// <param name="After">What the candidate comes to.</param>
/// <param name="Weeks">Alerts for each week and role, before and after.</param>
/// <param name="NewlyFlagged">Children of whom somebody would have been told, and was not.</param>
/// <param name="NoLongerFlagged">Children of whom somebody was told, and would not have been.</param>
/// <param name="Breaches">Duties out of timescale that would have been seen at another time.</param>
/// <param name="NewRecipients">Workers who would have been told something, and were told nothing.</param>
/// <param name="FormerRecipients">Workers who were told something, and would have been told nothing.</param>
internal sealed record WhatIfJson(
    DateOnly From, DateOnly To, IReadOnlyList<string> Rules, int Children, int NotReplayed, long LoadedEvents, bool Same, SideJson Before, SideJson After,
    IReadOnlyList<WeekJson> Weeks, FlaggedJson NewlyFlagged, FlaggedJson NoLongerFlagged, BreachesJson Breaches, RecipientsJson NewRecipients, RecipientsJson FormerRecipients)
{
    /// <summary>Every child named.</summary>
    public IReadOnlySet<string> Named() =>
        NewlyFlagged.Examples.Concat(NoLongerFlagged.Examples).Select(c => c.Child)
            .Concat(Breaches.All().SelectMany(b => b.Examples).Select(b => b.Child)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The same with no other children named than these.</summary>
    public WhatIfJson Naming(IReadOnlySet<string> children) => this with
    {
        NewlyFlagged = NewlyFlagged.Naming(children),
        NoLongerFlagged = NoLongerFlagged.Naming(children),
        Breaches = new(Breaches.Earlier.Naming(children), Breaches.Later.Naming(children), Breaches.New.Naming(children), Breaches.Gone.Naming(children)),
    };
}

/// <summary>What one set of rules comes to.</summary>
/// <param name="Alerts">How many things people are told.</param>
/// <param name="OnlyHere">How many of them the other side does not say on the same day of the same stage and due date.</param>
/// <param name="Children">Of how many children.</param>
/// <param name="Recipients">How many people are told.</param>
/// <param name="Breaches">How many duties are told of as out of timescale.</param>
internal sealed record SideJson(int Alerts, int OnlyHere, int Children, int Recipients, int Breaches);

/// <summary>What a role is told in a week that begins on this Monday.</summary>
internal sealed record WeekJson(DateOnly Week, Role Role, int Before, int After);

/// <summary>Some children.</summary>
internal sealed record FlaggedJson(int Count, IReadOnlyList<FlaggedChildJson> Examples)
{
    public FlaggedJson Naming(IReadOnlySet<string> children) => this with { Examples = [.. Examples.Where(c => children.Contains(c.Child))] };
}

/// <summary>A child with what was said first.</summary>
internal sealed record FlaggedChildJson(string Child, string Rule, AlertStage Stage, DateOnly On);

/// <summary>Duties out of timescale by when somebody is told: earlier, later, only by the candidate, only by the rules in use.</summary>
internal sealed record BreachesJson(BreachListJson Earlier, BreachListJson Later, BreachListJson New, BreachListJson Gone)
{
    public IEnumerable<BreachListJson> All() => [Earlier, Later, New, Gone];
}

/// <summary>Some of these duties. <c>WorkingDays</c> is the sum of the working days between the two sides.</summary>
internal sealed record BreachListJson(int Count, int WorkingDays, IReadOnlyList<BreachJson> Examples)
{
    public BreachListJson Naming(IReadOnlySet<string> children) => this with { Examples = [.. Examples.Where(b => children.Contains(b.Child))] };
}

/// <summary>A duty out of timescale, with the London dates on which somebody is told.</summary>
internal sealed record BreachJson(string Child, string Rule, Guid Occurrence, DateOnly? Before, DateOnly? After, int? WorkingDays);

/// <summary>Some people.</summary>
internal sealed record RecipientsJson(int Count, IReadOnlyList<RecipientJson> Examples);

/// <summary>A worker with how much they are told.</summary>
internal sealed record RecipientJson(string Worker, int Alerts);
