namespace PracticeEvents.App.Synthetic;

/// <summary>The dates of one time that a family is known to children's services, from referral to closure; shared by brothers and sisters.
/// Dates may lie in the future: what has not happened by now is not told.</summary>
internal sealed record Episode
{
    /// <summary>Which of the family's episodes it is, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Where the referral leads.</summary>
    public required Route Route { get; init; }

    /// <summary>The day of the referral.</summary>
    public required DateOnly Referred { get; init; }

    /// <summary>The day on which the case is closed.</summary>
    public DateOnly Closed { get; init; }

    /// <summary>True when practice drifts: work is late far more often than elsewhere.</summary>
    public bool Drifts { get; init; }

    /// <summary>The assessment.</summary>
    public Span? Assessment { get; init; }

    /// <summary>The strategy discussion that starts a section 47 enquiry.</summary>
    public DateOnly? Strategy { get; init; }

    /// <summary>The initial child protection conference.</summary>
    public DateOnly? Conference { get; init; }

    /// <summary>The child protection plan; starts at the conference.</summary>
    public Span? Protection { get; init; }

    /// <summary>The child in need plan.</summary>
    public Span? Need { get; init; }

    /// <summary>Work under the public law outline.</summary>
    public CourtOutline? Court { get; init; }

    /// <summary>The time looked after.</summary>
    public Span? Care { get; init; }

    /// <summary>True when care ends with the eighteenth birthday, and support as a care leaver follows until the case is closed.</summary>
    public bool AgesOut { get; init; }
}

/// <summary>From one day to another.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
internal readonly record struct Span(DateOnly From, DateOnly To);

/// <summary>The dates of pre-proceedings and care proceedings.</summary>
/// <param name="Gateway">The legal gateway meeting.</param>
/// <param name="Ends">The end of pre-proceedings; the gateway itself when court is asked at once.</param>
/// <param name="Issued">The day of issue, when proceedings are issued.</param>
/// <param name="Concluded">The final hearing.</param>
internal sealed record CourtOutline(DateOnly Gateway, DateOnly Ends, DateOnly? Issued, DateOnly? Concluded)
{
    /// <summary>True when there is a time in pre-proceedings before court or instead of it.</summary>
    public bool HasPreProceedings => Ends > Gateway;
}
