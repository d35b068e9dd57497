using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PracticeEvents.App.Web;

namespace PracticeEvents.App.Tests.Web.Harness;

/// <summary>The pages alone on a port of their own: the real frame, styles and headers, with no database behind them.</summary>
internal sealed class PageHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private PageHost(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    public static async Task<PageHost> StartAsync(Action<PageFrame>? frame = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddAuthorization();
        builder.Services.AddPracticePages(frame).AddApplicationPart(typeof(PageHost).Assembly);
        builder.Services.Configure<RazorPagesOptions>(options => options.Conventions.AllowAnonymousToPage("/Sample"));

        var app = builder.Build();
        app.UsePracticePages();
        app.Use(SignIn);
        app.UseRouting();
        app.UseAuthorization();
        app.MapRazorPages();
        app.MapGet("/breaks", IResult () => throw new InvalidOperationException("Something private."));
        app.MapGet("/refuses/{code:int}", (int code) => Results.StatusCode(code));
        app.MapGet("/api/refuses/{code:int}", (int code) => Results.StatusCode(code));
        await app.StartAsync();
        return new PageHost(app);
    }

    // Signing in is not the frame's business: here a cookie "reader=name/role" is enough.
    private static Task SignIn(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Cookies["reader"]?.Split('/') is [var name, var role])
        {
            context.User = new(new ClaimsIdentity([new(ClaimTypes.Name, name), new(ClaimTypes.Role, role)], "test"));
        }

        return next(context);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
