namespace PracticeEvents.Domain.Events;

/// <summary>The part that a worker can have in one child's case.</summary>
public enum CaseRole
{
    /// <summary>The lead social worker.</summary>
    SocialWorker,

    /// <summary>The personal adviser of a young person preparing to leave, or who has left, care (Children Act 1989, s23D).</summary>
    PersonalAdviser,

    /// <summary>The independent reviewing officer (Children Act 1989, s25A).</summary>
    Iro,

    /// <summary>The chair of the child's child protection conferences.</summary>
    CpChair,

    /// <summary>The coordinator who tracks pre-proceedings and court work.</summary>
    PloCoordinator,

    /// <summary>An advanced practitioner supporting the case.</summary>
    AdvancedPractitioner,
}

/// <summary>What a worker is in the council: decides which alerts come to them and what they may see.</summary>
public enum Role
{
    /// <summary>Social worker.</summary>
    SocialWorker,

    /// <summary>Personal adviser to care leavers.</summary>
    PersonalAdviser,

    /// <summary>Independent reviewing officer.</summary>
    Iro,

    /// <summary>Chair of child protection conferences.</summary>
    CpChair,

    /// <summary>Coordinator of the public law outline: pre-proceedings and court.</summary>
    PloCoordinator,

    /// <summary>Advanced practitioner.</summary>
    AdvancedPractitioner,

    /// <summary>Manager of a team of social workers.</summary>
    TeamManager,

    /// <summary>Manager of several teams.</summary>
    ServiceManager,

    /// <summary>Head of service.</summary>
    HeadOfService,

    /// <summary>Head of safeguarding and quality assurance.</summary>
    HeadOfSafeguarding,

    /// <summary>Manager of the independent reviewing officers.</summary>
    IroManager,

    /// <summary>Administrator who books child protection conferences and sends their papers.</summary>
    ConferenceAdmin,

    /// <summary>Performance and data staff.</summary>
    DataStaff,

    /// <summary>Administrator of this service.</summary>
    Administrator,
}
