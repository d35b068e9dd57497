using Xunit;

namespace PracticeEvents.App.Tests.Cli;

/// <summary>What is wrong with a command line is said on stderr, with what to do next, before any database is touched.</summary>
public sealed class Usage_tests
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("due --nonsense")]
    [InlineData("due --fail-on done")]
    [InlineData("due --role boss")]
    [InlineData("due --as-at yesterday")]
    [InlineData("measures --from 02/11/2026")]
    [InlineData("measures --to 2026-02-30")]
    [InlineData("measures --from 2026-03-02 --to 2026-03-01")]
    [InlineData("token create --worker W1")]
    [InlineData("token create --worker W1 --roles boss")]
    [InlineData("token revoke")]
    [InlineData("token revoke 0123456789abcdef --worker W1")]
    [InlineData("token revoke 0123456789abcdef --subscriptions")]
    [InlineData("source create a.b")]
    [InlineData("import no-such-file.xml")]
    [InlineData("generate --children 1")]
    [InlineData("timeline")]
    [InlineData("rules show no-such-rule")]
    [InlineData("rules check no-such-folder")]
    public async Task Bad_usage_exits_with_2_and_a_sentence(string line)
    {
        var ran = await Practice.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((2, ""), (ran.Code, ran.Out));
        Assert.NotEmpty(ran.Err);
        Assert.DoesNotContain("   at ", ran.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("import")]
    [InlineData("rebuild")]
    [InlineData("rules list")]
    [InlineData("rules show")]
    [InlineData("rules check")]
    [InlineData("due")]
    [InlineData("timeline")]
    [InlineData("why")]
    [InlineData("migrate")]
    [InlineData("check")]
    [InlineData("generate")]
    [InlineData("token create")]
    [InlineData("token list")]
    [InlineData("token revoke")]
    [InlineData("source create")]
    [InlineData("source rotate")]
    [InlineData("source list")]
    public async Task The_help_of_every_verb_opens_with_an_example(string verb)
    {
        var ran = await Practice.RunAsync([.. verb.Split(' '), "--help"]);

        Assert.Equal(0, ran.Code);
        Assert.Contains($"Example: practice {verb}", string.Join(' ', ran.Out.Split('\n').Take(3)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_exits_with_3()
    {
        var ran = await Practice.RunAsync("due", "--connection", "Host=127.0.0.1;Port=1;Username=nobody;Timeout=1");

        Assert.Equal((3, ""), (ran.Code, ran.Out));
        Assert.NotEmpty(ran.Err);
    }

    [Fact]
    public async Task The_catalogue_is_one_json_document_with_the_names_of_the_api()
    {
        var ran = await Practice.RunAsync("rules", "list", "--json");

        Assert.Equal(0, ran.Code);
        Assert.All(ran.Json.EnumerateArray(), rule => Assert.True(rule.TryGetProperty("instrument", out _) && rule.TryGetProperty("reviewBy", out _)));
    }

    [Fact]
    public async Task The_shipped_rules_pass_their_own_check_and_a_folder_without_a_calendar_does_not()
    {
        var empty = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Assert.Equal(0, (await Practice.RunAsync("rules", "check", Path.Combine(AppContext.BaseDirectory, "rules"))).Code);
            var ran = await Practice.RunAsync("rules", "check", empty, "--json");
            Assert.Equal((1, false), (ran.Code, ran.Json.GetProperty("valid").GetBoolean()));
        }
        finally
        {
            Directory.Delete(empty, recursive: true);
        }
    }
}
