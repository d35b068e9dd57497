using PracticeEvents.App.Measuring;

namespace PracticeEvents.App.Web.Pages.MeasurePages;

/// <summary>A table of figures of one measure.</summary>
/// <param name="Caption">What it says and as at when.</param>
/// <param name="First">Heading of the first column.</param>
/// <param name="Lines">The figures, each with the words that begin its row.</param>
internal sealed record FigureTable(string Caption, string First, IReadOnlyList<(string Words, Measured Figure)> Lines);
