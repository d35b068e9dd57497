using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PracticeEvents.App.Hosting;
using PracticeEvents.App.Web.Pages.Alerts;
using PracticeEvents.App.Web.Pages.SignIn;

namespace PracticeEvents.App.Web;

/// <summary>The pages people use: registration, and their place in the pipeline.</summary>
internal static class PracticePages
{
    // Addresses for programs answer with problem details; these never turn into a page.
    private static readonly PathString[] Programs = ["/api", "/events", "/feeds", "/health", "/rehearsal", "/children_social_care_data", "/oauth2", "/openapi.json"];

    public static IMvcBuilder AddPracticePages(this IServiceCollection services, Action<PageFrame>? frame = null)
    {
        English.Speak();
        var settings = new PageFrame();
        frame?.Invoke(settings);
        services.AddSingleton(settings);
        services.AddSingleton<Assets>();
        services.AddSingleton<Navigation>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "practice-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.SuppressXFrameOptionsHeader = true; // frame-ancestors says it
        });

        services.AddSingleton<DemoList>();
        services.AddSingleton<SignInPace>();
        services.AddSingleton<SettledAlerts>();
        services.AddSingleton<AlertLines>();
        services.AddSingleton<AlertsOutlook>();
        services.AddSingleton<DashboardUse>();
        var pages = services.AddRazorPages(options =>
        {
            options.RootDirectory = "/Web/Pages";

            // Whoever adds a page need not think of it: it wants sign-in unless it is one of these.
            options.Conventions.AuthorizeFolder("/");
            options.Conventions.AllowAnonymousToFolder("/SignIn");
            options.Conventions.AllowAnonymousToFolder("/Help");
            options.Conventions.AllowAnonymousToPage("/Error");
            foreach (var folder in DashboardUse.Folders)
            {
                options.Conventions.AddFolderApplicationModelConvention(folder, page => page.Filters.Add(new ServiceFilterAttribute(typeof(DashboardUse))));
            }
        });

        // A value that an address leaves out has its default: it is nothing for a reader to put right.
        pages.AddMvcOptions(options => options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true);
        return pages.ConfigureApplicationPartManager(AddThisAssembly);
    }

    /// <summary>Before routing and sign-in: headers, styles and scripts, and pages for errors. Then call <c>MapRazorPages</c>.</summary>
    public static IApplicationBuilder UsePracticePages(this IApplicationBuilder app)
    {
        app.UseSecurityHeaders();
        app.UseWhen(IsForPeople, people => people
            .UseExceptionHandler("/error/500")
            .UseStatusCodePagesWithReExecute("/error/{0}"));
        return app.UseStaticFiles(app.ApplicationServices.GetRequiredService<Assets>().Options);
    }

    /// <summary>True for an address that programs use: it answers with problem details and never with a page.</summary>
    public static bool IsForPrograms(HttpContext context) => Programs.Any(context.Request.Path.StartsWithSegments);

    private static bool IsForPeople(HttpContext context) => !IsForPrograms(context);

    // The host adds its entry assembly by itself, and a test's entry assembly is not this one.
    private static void AddThisAssembly(ApplicationPartManager parts)
    {
        var assembly = typeof(PracticePages).Assembly;
        if (parts.ApplicationParts.Any(part => part.Name == assembly.GetName().Name))
        {
            return;
        }

        foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(assembly).GetApplicationParts(assembly))
        {
            parts.ApplicationParts.Add(part);
        }
    }
}
