namespace PracticeEvents.App.Web.Words;

/// <summary>
/// A status as everyone reads it: one spelling in pages, CSV, API and command line. The word comes first, then a shape that no
/// other status has, then colour; losing colour loses nothing.
/// </summary>
/// <param name="Code">The contract's code, such as "due_soon".</param>
/// <param name="Word">What people read, such as "Due soon".</param>
/// <param name="Mark">The shape: SVG drawn on a 16 by 16 square, taking the colour of the text.</param>
internal sealed record StatusWord(string Code, string Word, string Mark)
{
    private const string Tick = """<path d="M2 8l4 4 8-9" fill="none" stroke-width="3"/>""";

    /// <summary>In the order every list sorts by: what needs someone first, and not knowing before good news.</summary>
    public static readonly IReadOnlyList<StatusWord> All =
    [
        new("overdue", "Overdue", """<rect x="2" y="2" width="12" height="12"/>"""),
        new("due_soon", "Due soon", """<circle cx="8" cy="8" r="6" fill="none" stroke-width="2"/><path d="M8 2a6 6 0 0 1 0 12z"/>"""),
        new("cannot_tell", "Cannot tell", """<path d="M4.5 5.5a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1-1.5 2.3M8 13.5V15" fill="none" stroke-width="2"/>"""),
        new("on_track", "On track", """<circle cx="8" cy="8" r="6" fill="none" stroke-width="2"/>"""),
        new("done_late", "Done late", $"""{Tick}<path d="M2 15h12" stroke-width="2"/>"""),
        new("done", "Done", Tick),
        new("stopped", "Stopped", """<path d="M2 8h12" stroke-width="3"/>"""),
    ];

    /// <summary>The status for a code of the contract.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The code is not one of the contract's: a wrong word is worse than none.</exception>
    public static StatusWord For(string code) => All.FirstOrDefault(status => status.Code == code)
        ?? throw new ArgumentOutOfRangeException(nameof(code), code, "There is no such status.");

    /// <summary>The name its styles use: "due-soon".</summary>
    public string Style => Code.Replace('_', '-');
}
