using Microsoft.Playwright;

namespace PracticeEvents.App.Tests.Web.Harness;

/// <summary>An open page, and what the browser complained about: blocked content, script errors, missing files.</summary>
public sealed record Visit(IBrowserContext Context, IPage Page, IReadOnlyList<string> Complaints) : IAsyncDisposable
{
    /// <summary>Presses Tab from the top of the page to its end: what each press reaches, and whether its focus can be seen.</summary>
    public async Task<IReadOnlyList<TabStop>> WalkAsync()
    {
        var stops = new List<TabStop>();
        for (var presses = 0; presses < 1000; presses++)
        {
            await Page.Keyboard.PressAsync("Tab");
            var stop = await Page.EvaluateAsync<TabStop>("""
                () => {
                    const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
                    // A date field takes a press for each of its day, month and year, and is one stop.
                    const within = at.type === 'date' && at === window.walkedLast;
                    window.walkedLast = at;
                    const again = at === document.body || (at.dataset.walked && !within);
                    at.dataset.walked = 'yes';
                    const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
                    const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0;
                    return { name: again ? '' : (at.getAttribute('aria-label') || at.textContent || at.name).trim(), seen: marked && inside, same: within };
                }
                """);
            if (stop.Name.Length == 0)
            {
                return stops;
            }

            if (!stop.Same)
            {
                stops.Add(stop);
            }
        }

        throw new InvalidOperationException("The walk never came back to its start: focus is trapped, or the page is far too long.");
    }

    public ValueTask DisposeAsync() => Context.DisposeAsync();
}

/// <summary>One stop of a keyboard walk: what it is called, and whether its focus shows on the screen.</summary>
public sealed record TabStop
{
    public string Name { get; set; } = "";

    public bool Seen { get; set; }

    /// <summary>True when the press moved within one field and not to another.</summary>
    public bool Same { get; set; }
}
