using System.Globalization;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>What a figure must reach.</summary>
/// <param name="Words">In words.</param>
/// <param name="Reached">How much of it is reached, from the figure and its ratio to what stands beside it: 1 or more is met.</param>
internal sealed record Goal(string Words, Func<double, double?, double?> Reached)
{
    /// <summary>No less than this.</summary>
    public static Goal AtLeast(double least) => new(Text($"≥ {least:#,0.##}"), (value, _) => value / least);

    /// <summary>No more than this.</summary>
    public static Goal AtMost(double most) => new(Text($"≤ {most:#,0.##}"), (value, _) => value == most ? 1 : most / Math.Max(value, 1e-9));

    /// <summary>No less than so many times what stands beside it.</summary>
    public static Goal TimesBeside(double times) => new(Text($"≥ {times:0.##} × beside"), (_, ratio) => ratio / times);

    /// <summary>No more than so many times what stands beside it.</summary>
    public static Goal AtMostTimesBeside(double times) => new(Text($"≤ {times:0.##} × beside"), (_, ratio) => times / ratio);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
