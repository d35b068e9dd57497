using Microsoft.Extensions.Options;

namespace PracticeEvents.App.Inputs;

/// <summary>Registers and maps everything that comes in. Needs an event store, an inbox, a data source and a <see cref="TimeProvider"/>.</summary>
internal static class InputsSetup
{
    /// <summary>Registers the inputs.</summary>
    public static IServiceCollection AddInputs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<InputOptions>().Bind(configuration.GetSection("Inputs")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(p => new SenderLimits(p.GetRequiredService<IOptions<InputOptions>>().Value));
        services.AddSingleton<Sources>();
        services.AddSingleton<SenderProof>();
        services.AddSingleton<InboundGate>();
        return services;
    }

    /// <summary>Maps the addresses that senders use. The inbox is mapped apart, by <see cref="InboxEndpoint.MapInbox"/>, for people.</summary>
    public static void MapInputs(this IEndpointRouteBuilder routes)
    {
        routes.MapEvents();
        routes.MapDfeCsc();
        routes.MapSenderTokens();
    }
}
