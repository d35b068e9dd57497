namespace PracticeEvents.App.Synthetic;

/// <summary>One invented child.</summary>
/// <param name="Reference">Opaque case reference.</param>
/// <param name="Born">Date of birth; for a child not yet born at the first referral, the day on which the child will be born.</param>
/// <param name="Expected">The date on which an unborn child was expected.</param>
internal sealed record Child(string Reference, DateOnly Born, DateOnly? Expected)
{
    /// <summary>Whole years of age on a day.</summary>
    public int AgeOn(DateOnly day) => day.Year - Born.Year - (day < Born.AddYears(day.Year - Born.Year) ? 1 : 0);

    /// <summary>The day on which the child reaches an age.</summary>
    public DateOnly Birthday(int age) => Born.AddYears(age);

    /// <summary>Makes a family's children, so that none comes of age before the family's case ends, unless they leave care at
    /// eighteen.</summary>
    public static IReadOnlyList<Child> Of(Setting setting, Family family)
    {
        var (random, first, last) = (family.Random, family.Episodes[0].Referred, family.Episodes[^1]);
        var ends = last.AgesOut ? last.Care!.Value.To : last.Closed < setting.Today ? last.Closed : setting.Today;
        var born = last.AgesOut ? ends.AddYears(-18) : first.AddDays(-random.Between(0, Math.Max(30,
            (365 * 17) - (ends.DayNumber - first.DayNumber))));
        var children = new List<Child>(family.Size);
        foreach (var reference in family.Children(setting))
        {
            // Each child is younger than the last; those who would come after the referral was made are close in age instead.
            children.Add(born <= first ? new Child(reference, born, null) : Youngest(reference, random, first, last.AgesOut));
            born = children[^1].Born.AddDays(random.Between(320, 1100));
        }

        return children;
    }

    private static Child Youngest(string reference, SplitMix random, DateOnly first, bool never)
    {
        if (never || !random.Chance(120))
        {
            return new Child(reference, first.AddDays(-random.Between(20, 300)), null);
        }

        var expected = first.AddDays(random.Between(30, 160));
        return new Child(reference, expected.AddDays(random.Between(-12, 8)), expected);
    }
}
