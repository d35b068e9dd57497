using System.Globalization;

namespace PracticeEvents.App.Web.Words;

/// <summary>Numbers of things, in words a sentence can hold.</summary>
internal static class Counts
{
    /// <summary>"1 child", "1,204 alerts". The plural is the word with "s" unless given.</summary>
    public static string Of(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");
}
