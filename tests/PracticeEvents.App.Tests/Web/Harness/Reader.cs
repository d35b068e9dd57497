using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace PracticeEvents.App.Tests.Web.Harness;

/// <summary>Somebody reading pages without a browser: keeps cookies, sends forms as they stand, and follows no redirect by itself.</summary>
public sealed class Reader : IDisposable
{
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };

    /// <summary>A reader of the service at an address, with a sign-in cookie as "name=value" if signed in.</summary>
    public Reader(Uri service, string? cookie)
    {
        Http = new HttpClient(handler) { BaseAddress = service };
        if (cookie?.Split('=', 2) is [var name, var value])
        {
            handler.CookieContainer.Add(service, new Cookie(name, value));
        }
    }

    public HttpClient Http { get; }

    /// <summary>A page that must be there.</summary>
    public async Task<IHtmlDocument> PageAsync(string path)
    {
        var (status, page) = await TryPageAsync(path);
        Assert.True(status is HttpStatusCode.OK, $"{path} answered {(int)status}: {page.QuerySelector("main")?.TextContent}");
        return page;
    }

    /// <summary>A page whatever its status.</summary>
    public async Task<(HttpStatusCode Status, IHtmlDocument Page)> TryPageAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        return (answer.StatusCode, await ParseAsync(answer));
    }

    /// <summary>Sends a form of a page as its button would, with other values where given.</summary>
    public Task<HttpResponseMessage> SubmitAsync(IHtmlFormElement form, params (string Name, string Value)[] values)
    {
        ArgumentNullException.ThrowIfNull(form);
        return SubmitToAsync(form, form.GetAttribute("action")!, values);
    }

    /// <summary>Sends a form as a button with an address of its own would.</summary>
    public Task<HttpResponseMessage> SubmitToAsync(IHtmlFormElement form, string action, params (string Name, string Value)[] values)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(values);
        var fields = form.Elements.OfType<IHtmlInputElement>()
            .Where(input => input.Name is { Length: > 0 } && (input.Type is not ("radio" or "checkbox") || input.IsChecked))
            .ToDictionary(input => input.Name!, input => input.Value);
        foreach (var (name, value) in values)
        {
            fields[name] = value;
        }

        return Http.PostAsync(action, new FormUrlEncodedContent(fields));
    }

    /// <summary>The page that an answer holds.</summary>
    public static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }

    public void Dispose()
    {
        Http.Dispose();
        handler.Dispose();
    }
}
