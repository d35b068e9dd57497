namespace PracticeEvents.App.Synthetic;

/// <summary>Where one referral leads.</summary>
internal enum Route
{
    /// <summary>Decided at the front door: nothing more.</summary>
    NoFurtherAction,

    /// <summary>Assessed and found not to be in need.</summary>
    NotInNeed,

    /// <summary>Assessed as in need, helped during the assessment and closed.</summary>
    InNeedThenClosed,

    /// <summary>A section 47 enquiry that needed no conference, then closed.</summary>
    EnquiryThenClosed,

    /// <summary>A section 47 enquiry that needed no conference, then a child in need plan.</summary>
    EnquiryThenPlan,

    /// <summary>Assessed, then a child in need plan.</summary>
    ChildInNeedPlan,

    /// <summary>A section 47 enquiry and an initial child protection conference.</summary>
    Conference,

    /// <summary>Looked after soon after the referral.</summary>
    Care,
}
