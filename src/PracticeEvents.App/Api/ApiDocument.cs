namespace PracticeEvents.App.Api;

/// <summary>The OpenAPI document at <c>/openapi.json</c>, also kept under <c>docs/</c> and compared by a test.</summary>
internal static class ApiDocument
{
    /// <summary>Registers it.</summary>
    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(o => o.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "PracticeEvents";
        document.Info.Version = "1";
        document.Info.Description = "Practice events in; obligations, timelines and alerts out. Every error is problem details (RFC 9457).";
        document.Servers?.Clear();
        return Task.CompletedTask;
    }));
}
