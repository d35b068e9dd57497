using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Tests.House;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.Inputs;

/// <summary>The inputs alone in a real host, on a database of the test class's own, with one registered sender.</summary>
public abstract class InputsTest : IAsyncLifetime
{
    private WebApplication app = null!;

    internal static DateTimeOffset Now { get; } = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    internal EventStore Store => app.Services.GetRequiredService<EventStore>();

    internal Sources Senders => app.Services.GetRequiredService<Sources>();

    internal NewSource Cms { get; private set; } = null!;

    internal List<ChildLabel> Labels { get; } = [];

    internal HttpClient Http { get; private set; } = null!;

    protected virtual int RequestsPerMinute => 60_000;

    /// <summary>Imports a file with a text.</summary>
    internal Task<ImportResult> ImportAsync(string text) => ImportAsync(Encoding.UTF8.GetBytes(text));

    internal async Task<ImportResult> ImportAsync(byte[] bytes)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, bytes);
            return await ImportFile.ImportAsync(path, null, Store, TimeProvider.System);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public async Task InitializeAsync()
    {
        var connection = await OneServer.NewDatabaseAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("Inputs:RequestsPerMinute", $"{RequestsPerMinute}")]);
        builder.Services.AddSingleton(NpgsqlDataSource.Create(connection));
        builder.Services.AddSingleton(p => new EventStore(p.GetRequiredService<NpgsqlDataSource>(), NullLogger<EventStore>.Instance));
        builder.Services.AddSingleton<Inbox>();
        builder.Services.AddSingleton<TimeProvider>(new FixedTime(Now));
        builder.Services.AddSingleton<KeepLabels>((labels, _) =>
        {
            Labels.AddRange(labels);
            return Task.CompletedTask;
        });
        builder.Services.AddInputs(builder.Configuration);
        app = builder.Build();
        app.MapInputs();
        app.MapInbox();
        await Schema.MigrateAsync(app.Services.GetRequiredService<NpgsqlDataSource>());
        await Sources.EnsureAsync(app.Services.GetRequiredService<NpgsqlDataSource>());
        await app.StartAsync();
        Cms = (await Senders.CreateAsync("cms", Now))!;
        Http = app.GetTestClient();
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Cms.Bearer);
    }

    public async Task DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    internal Task<HttpResponseMessage> PostAsync(string url, string contentType, string body) => PostAsync(url, contentType, Encoding.UTF8.GetBytes(body));

    internal Task<HttpResponseMessage> PostAsync(string url, string contentType, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return Http.PostAsync(new Uri(url, UriKind.Relative), content);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
