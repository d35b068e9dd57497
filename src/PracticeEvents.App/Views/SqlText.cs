using System.Globalization;

namespace PracticeEvents.App.Views;

/// <summary>Conditions written as <c>$"team = {team}"</c>: what stands in braces goes to the database as a value, never as text.</summary>
internal static class SqlText
{
    /// <summary>A condition as the database takes it.</summary>
    /// <param name="condition">The condition; one within it stands for its own text.</param>
    /// <param name="values">Takes the values that it speaks of, in the order of their numbers.</param>
    public static string Of(FormattableString condition, List<object> values) =>
        string.Format(CultureInfo.InvariantCulture, condition.Format, [.. condition.GetArguments().Select(part => Of(part!, values))]);

    private static string Of(object part, List<object> values)
    {
        if (part is FormattableString within)
        {
            return Of(within, values);
        }

        values.Add(part);
        return $"${values.Count}";
    }
}
