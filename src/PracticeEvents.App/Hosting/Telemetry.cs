using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PracticeEvents.App.Hosting;

/// <summary>Traces, metrics and logs over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. Stands in for OpenTelemetry.Extensions.Hosting (ADR 0001).</summary>
internal sealed class Telemetry(IServiceProvider services) : IHostedService
{
    private OpenTelemetrySdk? sdk;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        sdk = services.GetRequiredService<OpenTelemetrySdk>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        sdk?.TracerProvider.ForceFlush(3000);
        sdk?.MeterProvider.ForceFlush(3000);
        return Task.CompletedTask;
    }
}

/// <summary>Registers telemetry.</summary>
internal static class TelemetrySetup
{
    /// <summary>Name of the service and of its own meter.</summary>
    public const string Name = "practice-events";

    /// <summary>Registers telemetry when an endpoint is configured; otherwise does nothing.</summary>
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 })
        {
            return;
        }

        services.AddSingleton(_ => OpenTelemetrySdk.Create(otel => otel
            .ConfigureResource(r => r.AddService(Name))
            .WithTracing(t => t.AddSource("Microsoft.AspNetCore", "Npgsql", "System.Net.Http").AddOtlpExporter())
            .WithMetrics(m => m.AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime", Name).AddOtlpExporter())
            .WithLogging(l => l.AddOtlpExporter())));
        services.AddLogging(logging => logging.Services.AddSingleton<ILoggerProvider>(p =>
            new Forwarding(p.GetRequiredService<OpenTelemetrySdk>().GetLoggerFactory())));
        services.AddHostedService<Telemetry>();
    }

    private sealed class Forwarding(ILoggerFactory to) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => to.CreateLogger(categoryName);

        public void Dispose()
        {
        }
    }
}
