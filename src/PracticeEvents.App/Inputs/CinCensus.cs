using System.Text.RegularExpressions;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Inputs;

/// <summary>What one child of a census file came to.</summary>
/// <param name="Child">The child's reference, or nothing when the file gives none that can be used.</param>
/// <param name="Events">What is new.</param>
/// <param name="Counts">Every value read, by name, and what became of it.</param>
/// <param name="Refusals">What could not be taken, and why.</param>
/// <param name="Notes">What was taken though it contradicts itself: for the people who look after the quality of the data.</param>
internal sealed record CinChild(
    string? Child, IReadOnlyList<Incoming> Events, Tally Counts, IReadOnlyList<Refused> Refusals, IReadOnlyList<Refused> Notes);

/// <summary>
/// Reads children of the children in need census (annual return to the DfE). It has no ids: a fact is told from others by what it is, its
/// referral, its start date, and a count where two are alike. Dates that cannot have happened are refused; dates that contradict each other are
/// taken, with a note.
/// </summary>
internal static partial class CinCensus
{
    /// <summary>The CloudEvents source of a council's census.</summary>
    public static string SourceOf(string laCode) => $"/cin-census/{laCode}";

    /// <summary>The child's reference in our streams, or nothing when the element gives none that can be used.</summary>
    public static string? ChildOf(CinElement child) =>
        child.All("ChildIdentifiers").Select(i => i.TextOf("LAchildID")).FirstOrDefault(id => id is not null) is { } id && ChildReference().IsMatch(id)
            ? id : null;

    /// <summary>Reads one child, against everything in the child's stream.</summary>
    public static CinChild Read(string laCode, CinElement child, IReadOnlyList<Fact> known, DateTimeOffset receivedAt)
    {
        var reference = ChildOf(child);
        var differences = new Differences(SourceOf(laCode), reference ?? "", known);
        var reading = new CinReading(reference, new PlausibleDates(London.DateOf(receivedAt)), differences);
        ReadIdentity(reading, child);
        foreach (var details in child.All("CINdetails"))
        {
            CinEpisode.Read(reading, details);
        }

        return new CinChild(reference, differences.Events, reading.Counts, reading.Refusals, reading.Notes);
    }

    private static void ReadIdentity(CinReading reading, CinElement child)
    {
        var identifiers = child.All("ChildIdentifiers").ToList();
        var births = identifiers.SelectMany(i => i.All("PersonBirthDate")).Where(b => b.Text.Length > 0).ToList();
        var expected = identifiers.SelectMany(i => i.All("ExpectedPersonBirthDate")).Where(b => b.Text.Length > 0).ToList();
        if (births.Count > 0 && expected.Count > 0)
        {
            reading.Note(expected[0].Path, "Both the birth and the expected birth are dated; the birth is taken.");
        }

        var chosen = births.Concat(expected).FirstOrDefault();
        if (chosen is null)
        {
            reading.Refuse("children", child.Path, "Neither the birth nor the expected birth is dated.");
        }
        else if (births.Count > 0)
        {
            reading.Fact("children", chosen, "birth", born => Registered(reading, child) with { DateOfBirth = born.Date });
        }
        else
        {
            reading.Fact("children", chosen, "birth", born => Registered(reading, child) with { ExpectedDateOfBirth = born.Date }, expected: true);
        }

        foreach (var death in identifiers.SelectMany(i => i.All("PersonDeathDate")))
        {
            reading.Fact("deaths", death, "death", on => new ChildDied { Child = reading.Child, On = on });
            NoteActivityAfter(reading, death, child);
        }
    }

    // The census does not say when the council came to know the child: the first referral in the file, or the day we were told, and that stays.
    private static ChildRegistered Registered(CinReading reading, CinElement child)
    {
        var first = child.All("CINdetails").SelectMany(d => d.All("CINreferralDate"))
            .Select(d => CinReading.DateOf(d.Text)).Where(d => d is { } date && reading.Dates.Fault(date) is null).Min();
        return new() { Child = reading.Child, On = reading.Differences.Find($"{reading.Child}/birth")?.On ?? new Happened(first ?? reading.Dates.Today) };
    }

    private static void NoteActivityAfter(CinReading reading, CinElement death, CinElement child)
    {
        if (CinReading.DateOf(death.Text) is { } died
            && child.All("CINdetails").SelectMany(d => d.All("CINreferralDate")).Any(r => CinReading.DateOf(r.Text) > died))
        {
            reading.Note(death.Path, "The child died before a referral was made.");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ChildReference();
}
