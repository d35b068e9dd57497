using System.Text;
using PracticeEvents.App.Tests.Web.Harness;
using Xunit;

namespace PracticeEvents.App.Tests.Api;

public sealed class OpenApiTests(RunningService service) : IClassFixture<RunningService>
{
    // APPROVE=1 writes the page anew; then read the difference.
    [Fact]
    public async Task The_approved_document_is_what_the_service_says_of_itself()
    {
        using var reader = service.Anybody();
        var said = (await reader.Http.GetStringAsync("/openapi.json")).ReplaceLineEndings("\n") + "\n";
        var page = Path.Combine(Repository.Find("docs")!, "openapi.json");
        if (Environment.GetEnvironmentVariable("APPROVE") is "1")
        {
            await File.WriteAllTextAsync(page, said, new UTF8Encoding(false));
        }

        Assert.Equal(await File.ReadAllTextAsync(page), said);
    }
}
