using System.Security.Cryptography;
using System.Text;

namespace PracticeEvents.Domain.Measures;

/// <summary>The stretches in which something is owed to a member of staff, each a case of its own.</summary>
internal static class StaffMonths
{
    /// <summary>The whole calendar months of a member's time in post that began on or before a date, as first and last day.</summary>
    public static IEnumerable<(DateOnly First, DateOnly Last)> Of(StaffMember member, DateOnly through)
    {
        var first = member.From.Day == 1 ? member.From : member.From.AddDays(1 - member.From.Day).AddMonths(1);
        for (; first <= through && !(member.To < first.AddMonths(1)); first = first.AddMonths(1))
        {
            yield return (first, first.AddMonths(1).AddDays(-1));
        }
    }

    /// <summary>The case of a stretch. It counts when the stretch is over, done or not: while it runs, those who are early would make the figure look better than it is.</summary>
    public static StaffCase Case(StaffMember member, DateOnly first, DateOnly last, bool done) =>
        new(member.Team, new MeasuredCase(IdOf(member, first), first, last) { Hit = done, AtDayEnd = true });

    // The same case whatever is known of it, and nothing in it that names the worker.
    private static Guid IdOf(StaffMember member, DateOnly first) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{member.Worker}\n{member.Team}\n{first.DayNumber}")).AsSpan(0, 16));
}
