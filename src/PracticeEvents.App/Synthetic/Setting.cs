using System.Globalization;

namespace PracticeEvents.App.Synthetic;

/// <summary>What every family of one invented authority shares: its plan, its days, its diary and its people.</summary>
internal sealed class Setting
{
    // A child may be looked after for six years: arrivals start that long before the history does, or its first day would have too few
    // long stays.
    private const int MonthsBefore = 76;

    /// <summary>The setting of a plan.</summary>
    public Setting(AuthorityPlan plan)
    {
        Plan = plan;
        Prefix = string.Create(CultureInfo.InvariantCulture, $"s{plan.Seed}-");
        Now = plan.Now;
        Today = Domain.London.DateOf(plan.Now);
        HistoryFrom = Today.AddMonths(-plan.MonthsOfHistory);
        Opened = HistoryFrom.AddMonths(-MonthsBefore);
        Diary = new Diary(Opened.AddDays(-30), Today, Today.AddYears(12), plan.IsWorkingDay);
        Referrals = new ReferralSeasons(Diary, Opened, Today);
        Structure = new Structure(this);
    }

    /// <summary>The plan.</summary>
    public AuthorityPlan Plan { get; }

    /// <summary>What every reference of this authority starts with: shows that it is synthetic, and which seed made it.</summary>
    public string Prefix { get; }

    /// <summary>The instant at which the history stops.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The London date of <see cref="Now"/>.</summary>
    public DateOnly Today { get; }

    /// <summary>Cases closed before this day are not told.</summary>
    public DateOnly HistoryFrom { get; }

    /// <summary>The first day on which a family can come to notice.</summary>
    public DateOnly Opened { get; }

    /// <summary>The authority's diary.</summary>
    public Diary Diary { get; }

    /// <summary>When families first come to notice.</summary>
    public ReferralSeasons Referrals { get; }

    /// <summary>Teams and workers.</summary>
    public Structure Structure { get; }
}
