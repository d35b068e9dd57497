using System.Globalization;
using PracticeEvents.App.Measuring;
using PracticeEvents.Domain.Measures;

namespace PracticeEvents.App.Web.Words;

/// <summary>Figures of measures as people read them.</summary>
internal static class FigureWords
{
    /// <summary>"45 of 60 (75%)", "3 of 4", "17.00 weeks on average, median 16.43", "12"; "No cases" where there are none.</summary>
    public static string Of(Definition about, Figure figure) => about.Unit switch
    {
        MeasureUnit.Number => Number(figure.Numerator),
        _ when figure.Denominator == 0 => "No cases",
        MeasureUnit.Share => $"{Number(figure.Numerator)} of {Number(figure.Denominator)}"
            + $"{(figure.Percent is { } percent ? $" ({percent.ToString("0.#", CultureInfo.InvariantCulture)}%)" : "")}",
        _ => $"{Exact(figure.Mean)} {Unit(about)} on average, median {Exact(figure.Median)}",
    };

    /// <summary>"80% or more", "12 weeks or fewer, on average"; nothing where there is no target.</summary>
    public static string? Target(Definition about) => about.Target is not { } target ? null
        : about.Unit is MeasureUnit.Share ? target.Value == 100 ? "100%" : $"{target.Value:0.#}% {(about.Better is Better.Lower ? "or less" : "or more")}"
        : $"{target.Value:0.#} {Unit(about)} or fewer, on average";

    /// <summary>"Met", "Not met"; "No cases" where it cannot be said.</summary>
    public static string Met(Figure figure) => figure.TargetMet switch { true => "Met", false => "Not met", null => "No cases" };

    private static string Unit(Definition about) => about.Unit.ToString().ToLowerInvariant();

    private static string Exact(decimal? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";

    private static string Number(decimal value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
