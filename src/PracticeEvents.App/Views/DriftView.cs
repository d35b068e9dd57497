using System.Globalization;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Views;

/// <summary>A child who is waiting, and why: sentences, never a score.</summary>
/// <param name="Child">Child reference.</param>
/// <param name="Team">Team id.</param>
/// <param name="Worker">Social worker.</param>
/// <param name="LongestWait">Working days that the longest overdue duty is over; 0 when none is.</param>
/// <param name="Reasons">Each a sentence.</param>
internal sealed record DriftRow(string Child, string? Team, string? Worker, int LongestWait, IReadOnlyList<string> Reasons);

/// <summary>Drift, as the page defines it: overdue now; late in the last two rounds of a duty; nothing of any kind recorded for four weeks;
/// a child protection plan past 15 months; a child whose record cannot be worked through.</summary>
internal static class DriftView
{
    private const int SilentDays = 28;
    private const int MilestoneMonths = 15;

    /// <summary>Children with at least one reason, the longest wait first.</summary>
    public static IReadOnlyList<DriftRow> Of(
        IReadOnlyList<ChildRow> children, IReadOnlyList<ObligationRow> duties, IReadOnlySet<string> unmonitored, Structure structure, WorkingDays calendar, DateTimeOffset now)
    {
        var byChild = duties.ToLookup(d => d.Child);
        var today = London.DateOf(now);
        return
        [
            .. from child in children
               where child.IsOpen || unmonitored.Contains(child.Child)
               let overdue = byChild[child.Child].Where(d => d.StatusAt(now) is Status.Overdue).OrderBy(d => d.Due).ToList()
               let reasons = Reasons(child, byChild[child.Child], overdue, unmonitored, calendar, today).ToList()
               where reasons.Count > 0
               let wait = overdue.Count == 0 ? 0 : calendar.Between(overdue[0].Due!.Value, today)
               orderby unmonitored.Contains(child.Child) descending, wait descending, reasons.Count descending, child.Child
               select new DriftRow(child.Child, child.TeamIn(structure)?.Id, child.SocialWorker, wait, reasons),
        ];
    }

    private static IEnumerable<string> Reasons(
        ChildRow child, IEnumerable<ObligationRow> duties, List<ObligationRow> overdue, IReadOnlySet<string> unmonitored, WorkingDays calendar, DateOnly today)
    {
        if (unmonitored.Contains(child.Child))
        {
            yield return "Nobody is watching this child: the record cannot be worked through.";
        }

        foreach (var duty in overdue)
        {
            var over = calendar.Between(duty.Due!.Value, today);
            yield return over == 0
                ? $"{duty.Title} is overdue since {duty.Due.Value.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}."
                : $"{duty.Title} is overdue by {Count(over, "working day")}.";
        }

        foreach (var duty in duties.Where(d => d.LateAgain))
        {
            yield return $"{duty.Title}: the last 2 were late.";
        }

        if (child.LastActivity is { } last2 && today.DayNumber - last2.DayNumber >= SilentDays)
        {
            yield return $"Nothing of any kind is recorded for {Count(today.DayNumber - last2.DayNumber, "day")}.";
        }

        if (child.ProtectionPlanSince is { } since && since.AddMonths(MilestoneMonths) <= today)
        {
            yield return $"The child protection plan has run for {Count(Months(since, today), "month")}.";
        }

        if (child.IsOpen && child.SocialWorker is null)
        {
            yield return "No worker is allocated.";
        }
    }

    private static int Months(DateOnly from, DateOnly to) => ((to.Year - from.Year) * 12) + to.Month - from.Month - (to.Day < from.Day ? 1 : 0);

    private static string Count(int n, string what) => n == 1 ? $"1 {what}" : $"{n} {what}s";
}
