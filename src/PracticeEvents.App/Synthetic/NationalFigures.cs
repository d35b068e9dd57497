namespace PracticeEvents.App.Synthetic;

/// <summary>
/// Shares and lengths from the Department for Education's statistics for England: children in need (years to March 2024 and 2025) and
/// children looked after. What is not published is marked as assumed.
/// </summary>
internal static class NationalFigures
{
    /// <summary>Where first referrals lead, in millionths added up. Of all referrals 6.5 % have no further action, 30.8 % are assessed
    /// as not in need,
    /// 36.4 % go to a section 47 enquiry and 11.4 % to an initial conference; families who come back after a plan go to a conference
    /// again, so that
    /// first referrals have a little more of the former and less of the latter. The split of the others is assumed.</summary>
    public static readonly (int UpTo, Route Route)[] Routes =
    [
        (66_500, Route.NoFurtherAction), (381_000, Route.NotInNeed), (449_000, Route.InNeedThenClosed), (639_000, Route.EnquiryThenClosed),
        (699_000, Route.EnquiryThenPlan), (867_000, Route.ChildInNeedPlan), (956_000, Route.Conference), (Bands.Whole, Route.Care),
    ];

    /// <summary>Working days from the start to the end of an assessment: quartiles 19, 34 and 44; 84.5 % within 45; 5 % over 60.</summary>
    public static readonly Bands AssessmentDays = new(
        new(250_000, 4, 19), new(500_000, 20, 34), new(750_000, 35, 44), new(845_000, 45, 45), new(950_000, 46, 60), new(Bands.Whole,
            61, 90));

    /// <summary>Working days from the strategy discussion to the initial conference: 8.7 % within 10, 81.4 % within 15, 9.7 % over
    /// 20.</summary>
    public static readonly Bands ConferenceDays = new(
        new(86_600, 5, 10), new(250_000, 11, 13), new(500_000, 14, 14), new(813_800, 15, 15), new(903_000, 16, 20), new(Bands.Whole, 21,
            34));

    /// <summary>Days that child protection plans last (table D7): up to 3 months 16.3 %, 6 months 11.7 %, a year 43.3 %, two years 24.9
    /// %, longer 3.8 %.</summary>
    public static readonly Bands ProtectionPlanDays = new(
        new(163_000, 40, 87), new(280_000, 95, 178), new(713_000, 186, 360), new(962_000, 369, 725), new(Bands.Whole, 735, 1000));

    /// <summary>Days that child in need plans last; assumed, to give the published stock and flow (mean near seven months).</summary>
    public static readonly Bands NeedPlanDays = new(
        new(350_000, 28, 88), new(650_000, 95, 180), new(870_000, 185, 360), new(960_000, 370, 720), new(Bands.Whole, 740, 1400));

    /// <summary>Days that children stay looked after; assumed, to make about a fifth of open children looked after.</summary>
    public static readonly Bands CareDays = new(
        new(260_000, 20, 180), new(420_000, 181, 365), new(620_000, 366, 730), new(850_000, 731, 1460), new(Bands.Whole, 1461, 2300));

    /// <summary>Children in a family, 1 to 5 with a mean of 1.9; assumed, as national data has no family key.</summary>
    public static readonly Bands FamilySize = new(
        new(470_000, 1, 1), new(760_000, 2, 2), new(910_000, 3, 3), new(975_000, 4, 4), new(Bands.Whole, 5, 5));

    /// <summary>Ended plans, of a thousand, that are followed by another: makes 24.7 % of starts a second or later plan.</summary>
    public const int PlanAgain = 275;

    /// <summary>Other closed cases, of a thousand, that are referred again (22.6 % within twelve months).</summary>
    public const int ReferredAgain = 240;

    /// <summary>Where a referral leads, by its place in the distribution.</summary>
    public static Route RouteAt(int share) => Array.Find(Routes, r => share < r.UpTo).Route;
}
