using PracticeEvents.App.Tests.Web.Harness;
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

    [Fact]
    public async Task A_demonstration_says_who_can_sign_in_and_their_tokens_stay_good()
    {
        Assert.Equal(0, (await Practice.RunAsync("generate", "--children", "20", "--months", "1", "--data", folder)).Code);

        var first = await DemoAsync();
        Assert.Equal(7, first.Count);
        Assert.Contains(first, line => line.Contains("  team manager, ", StringComparison.Ordinal));
        Assert.Equal(first, await DemoAsync());
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(folder, "demo-people.json")) is (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task A_demonstration_lets_nobody_into_a_real_record()
    {
        Assert.Equal(1, (await Practice.RunAsync("import", Repository.Find("tests/PracticeEvents.App.Tests/Cli/census.xml")!, "--data", folder)).Code);

        var ran = await Practice.RunAsync("serve", "--demo", "--data", folder, "--urls", "http://127.0.0.1:0");

        Assert.Equal((4, ""), (ran.Code, ran.Out));
    }

    private async Task<List<string>> DemoAsync()
    {
        using var service = Practice.Start("serve", "--demo", "--data", folder, "--urls", "http://127.0.0.1:0");
        try
        {
            var people = new List<string>();
            while (await service.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line.Contains("pe_", StringComparison.Ordinal))
                {
                    people.Add(line);
                    if (people[^1].Contains("  administrator, ", StringComparison.Ordinal))
                    {
                        break;
                    }
                }
            }

            return people;
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
