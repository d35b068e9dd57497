using Microsoft.Playwright;
using Xunit;

namespace PracticeEvents.App.Tests.Web.Harness;

/// <summary>One headless Chromium for the tests that share it; every page opens in a fresh profile.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? chromium;

    private static string? Executable => Array.Find(Candidates, File.Exists);

    private static string? AxeScript => Repository.Find("node_modules/axe-core/axe.min.js");

    /// <summary>What stops these tests from running here, as a sentence; null when nothing does.</summary>
    public static string? Missing() =>
        Executable is null ? "Chromium is not installed: run \"make test\"."
        : AxeScript is null ? "axe-core is not installed: run \"make css\"."
        : null;

    public async Task InitializeAsync()
    {
        if (Missing() is not null)
        {
            return; // the tests themselves skip or fail, each saying why
        }

        // A driver that dies as it starts would be waited for without end.
        playwright = await Playwright.CreateAsync().WaitAsync(TimeSpan.FromMinutes(1));
        chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Flags });
    }

    public async Task DisposeAsync()
    {
        if (chromium is not null)
        {
            await chromium.DisposeAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>
    /// What axe finds wrong on pages that one reader opens one after another, against WCAG 2.2 AA and its own good practice:
    /// "path: rule: what to do (which element)". Empty when clean.
    /// </summary>
    public async Task<IReadOnlyList<string>> AxeViolationsAsync(string service, IReadOnlyList<string> paths, string? cookie = null)
    {
        var script = await File.ReadAllTextAsync(AxeScript!);
        var found = new List<string>();
        await using var visit = await OpenAsync(service + paths[0], cookie);
        foreach (var path in paths)
        {
            await visit.Page.GotoAsync(service + path, new() { WaitUntil = WaitUntilState.Load });
            // Evaluated, not injected: the page's content security policy stays in force.
            await visit.Page.EvaluateAsync(script);
            found.AddRange(await visit.Page.EvaluateAsync<string[]>("""
                async path => (await axe.run(document, { resultTypes: ['violations'] })).violations
                    .flatMap(v => v.nodes.map(n => `${path}: ${v.id}: ${v.help} (${n.target.join(' ')})`))
                """, path));
        }

        return found;
    }

    /// <summary>Opens a page, fully loaded. <paramref name="cookie"/> is "name=value"; <paramref name="width"/> is in CSS pixels.</summary>
    public async Task<Visit> OpenAsync(string url, string? cookie = null, bool javaScript = true, int width = 1280)
    {
        if (chromium is null)
        {
            throw new InvalidOperationException(Missing());
        }

        var context = await chromium.NewContextAsync(new()
        {
            JavaScriptEnabled = javaScript,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        if (cookie?.Split('=', 2) is [var name, var value])
        {
            // A cookie like any other, so that it is still sent beside those that the service sets.
            await context.AddCookiesAsync([new() { Name = name, Value = value, Url = new Uri(url).GetLeftPart(UriPartial.Authority) }]);
        }

        var complaints = new List<string>();
        context.SetDefaultTimeout(10_000);
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        await page.GotoAsync(url, new() { WaitUntil = WaitUntilState.Load });
        return new Visit(context, page, complaints);
    }
}
