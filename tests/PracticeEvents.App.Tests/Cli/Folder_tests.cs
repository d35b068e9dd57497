using Xunit;

namespace PracticeEvents.App.Tests.Cli;

/// <summary>Verbs on a data folder: its private database is started by the first and joined by the others.</summary>
public sealed class Folder_tests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"practice-cli-{Guid.NewGuid():N}");

    [Fact]
    public async Task Two_verbs_at_once_work_on_one_folder()
    {
        var both = await Task.WhenAll(
            Practice.RunAsync("source", "create", "cms", "--data", folder), Practice.RunAsync("token", "create", "--worker", "W1", "--roles", "iro", "--data", folder));

        Assert.All(both, ran => Assert.True(ran.Code == 0, ran.Err));
    }

    [Fact]
    public async Task A_verb_joins_the_service_on_its_folder()
    {
        using var service = Practice.Start("serve", "--data", folder, "--urls", "http://127.0.0.1:0");
        try
        {
            Assert.StartsWith("listening on http://127.0.0.1:", await service.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
            var ran = await Practice.RunAsync("generate", "--children", "20", "--months", "1", "--data", folder, "--json");
            Assert.True(ran.Code == 0, ran.Err);
            Assert.True(ran.Json.GetProperty("events").GetInt32() > 1000);
            Assert.Equal(4, (await Practice.RunAsync("generate", "--seed", "7", "--children", "20", "--data", folder)).Code);
            Assert.NotEmpty((await Practice.RunAsync("due", "--json", "--data", folder)).Json.EnumerateArray());
        }
        finally
        {
            service.Kill();
            await service.WaitForExitAsync();
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
