using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Alerts;

/// <summary>Who has what was passed on: a worker's word that another deals with a duty holds for that duty, at every stage of it, for as
/// long as the other can be reached.</summary>
internal static class PassedOn
{
    /// <summary>Whoever has a duty of those whom a role reaches. What its one holder has passed on is with the other also while the holder is away.</summary>
    public static IEnumerable<string> Holders(Reach reach, Obligation duty, IReadOnlyCollection<AlertState> told, IRecipients recipients) =>
        !Any(told) ? reach.Workers
        : reach.Holders is [var only] && To(only, duty, told, recipients) is var other && other != only ? [other]
        : reach.Workers.Select(w => To(w, duty, told, recipients));

    // Asked for every role of every duty at every look, and hardly anything is ever passed on.
    private static bool Any(IReadOnlyCollection<AlertState> told)
    {
        foreach (var alert in told)
        {
            if (alert.PassedTo is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whoever has a duty in place of a worker; the worker where it was not passed on, or where nobody of those it was passed to can be reached any more.</summary>
    public static string To(string worker, Obligation duty, IReadOnlyCollection<AlertState> told, IRecipients recipients)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var holder = worker;
        for (var next = worker; asked.Add(next) && told.FirstOrDefault(a => a.To == next && a.Rule == duty.Rule.Id && a.Occurrence == duty.Occurrence) is { PassedTo: { } to };)
        {
            next = to;
            holder = recipients.InFor(to) ?? holder;
        }

        return holder;
    }
}
