using System.Globalization;

namespace PracticeEvents.App.Hosting;

/// <summary>How dates and numbers read that nobody has given a form of their own: as in England, whatever language data the machine has.</summary>
internal static class English
{
    /// <summary>Makes it the culture of every thread.</summary>
    public static void Speak() =>
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Culture();

    // Said explicitly: the invariant culture prints 2 November as 11/02.
    private static CultureInfo Culture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.DateTimeFormat.ShortDatePattern = "dd/MM/yyyy";
        culture.DateTimeFormat.LongDatePattern = "d MMMM yyyy";
        culture.DateTimeFormat.FirstDayOfWeek = DayOfWeek.Monday;
        return culture;
    }
}
