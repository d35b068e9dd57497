using PracticeEvents.Domain.Events;

namespace PracticeEvents.Domain.Rules;

/// <summary>What stands behind a rule.</summary>
public enum RuleKind
{
    /// <summary>An Act or regulations.</summary>
    Regulation,

    /// <summary>Guidance issued under statute, such as Working Together.</summary>
    StatutoryGuidance,

    /// <summary>Rules and practice directions of the court.</summary>
    CourtRules,

    /// <summary>A standard of the council's own; no national number exists.</summary>
    LocalStandard,
}

/// <summary>How sure the catalogue is of a rule's wording.</summary>
public enum Confidence
{
    /// <summary>The wording was seen in a primary source or in a source report.</summary>
    Verified,

    /// <summary>Seen on a published authority, partnership or sector page that restates the rule.</summary>
    Published,

    /// <summary>Subject knowledge; the primary text was not opened. Check before calling it statutory.</summary>
    Known,

    /// <summary>No national number; a suggested default to be set locally.</summary>
    Local,
}

/// <summary>One duty with a timescale, as one file of <c>rules/</c> states it.</summary>
public sealed record Rule
{
    /// <summary>Identity, such as <c>core-group-first-10wd</c>. Never reused for another duty.</summary>
    public required string Id { get; init; }

    /// <summary>Stage of the work that it belongs to, such as <c>child_protection</c>.</summary>
    public required string Area { get; init; }

    /// <summary>Short name: "First core group".</summary>
    public required string Title { get; init; }

    /// <summary>The duty in one plain sentence.</summary>
    public required string Duty { get; init; }

    /// <summary>What stands behind it.</summary>
    public required RuleKind Kind { get; init; }

    /// <summary>How sure the catalogue is of it.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>Role that owns the rule and checks it.</summary>
    public required Role Owner { get; init; }

    /// <summary>London date by which the owner looks at it again.</summary>
    public required DateOnly ReviewBy { get; init; }

    /// <summary>True when the rule counts only in a council whose systems send what meets it: minutes, forms and entries that some case systems never send, and that would
    /// otherwise read as late for every child.</summary>
    public bool OnlyWhereSent { get; init; }

    /// <summary>Its editions, oldest first, not overlapping.</summary>
    public required IReadOnlyList<Edition> Editions { get; init; }

    /// <summary>True for something to know, met by being read: all editions are that, or none.</summary>
    public bool IsNotice => Editions.Any(e => e.IsNotice);

    /// <summary>Dated worked examples: shown on the rule's page, and run as its tests.</summary>
    public required IReadOnlyList<Example> Examples { get; init; }

    /// <summary>What practitioners should know that is not in the numbers; may be absent.</summary>
    public string? Note { get; init; }

    /// <summary>The file's own text, as published.</summary>
    public required string Json { get; init; }

    /// <summary>The edition in force on a London date; nothing when there was none.</summary>
    public Edition? On(DateOnly date)
    {
        for (var i = 0; i < Editions.Count; i++)
        {
            if (Editions[i] is var edition && edition.From <= date && (edition.To is not { } to || date <= to))
            {
                return edition;
            }
        }

        return null;
    }
}

/// <summary>Where a rule comes from.</summary>
/// <param name="Instrument">The Act, regulations, guidance or report.</param>
/// <param name="Paragraph">The paragraph, section or regulation.</param>
/// <param name="Says">What it says, restated.</param>
/// <param name="CheckedOn">London date on which the source was last looked at.</param>
/// <param name="Seen">Where the wording was seen, when that was not the primary text.</param>
public sealed record LegalSource(string Instrument, string Paragraph, string Says, DateOnly CheckedOn, string? Seen);
