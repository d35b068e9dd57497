namespace PracticeEvents.Domain.Events;

/// <summary>An allegation against someone who works with children, about this child, became known (Working Together 2023).</summary>
public sealed record AllegationKnown : ChildEvent;

/// <summary>An allegation was reported to the designated officer, the LADO (Working Together 2023: within one working day).</summary>
public sealed record AllegationReported : ChildEvent;

/// <summary>The authority knows or suspects that the child was abused or neglected and died or was seriously harmed (Children Act 2004, s16C).</summary>
public sealed record SeriousIncidentKnown : ChildEvent;

/// <summary>The national panel was notified of a serious incident (Children Act 2004, s16C; Working Together 2023: within 5 working days).</summary>
public sealed record SeriousIncidentNotified : ChildEvent;

/// <summary>The safeguarding partners held a rapid review of a serious incident (Working Together 2023: within 15 working days).</summary>
public sealed record RapidReviewHeld : ChildEvent;
