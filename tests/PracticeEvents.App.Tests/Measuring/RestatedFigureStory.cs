using System.Text.Json;
using PracticeEvents.App.Tests.Process;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Measuring;

/// <summary>A correction restates a figure without erasing what was reported.</summary>
public sealed class RestatedFigureStory : Council
{
    private const string February = "/api/measures/protection-visits-in-time?from=2026-02-01&to=2026-02-28";

    [Fact]
    public async Task As_reported_then_keeps_the_old_figure_and_as_known_now_has_the_new_one()
    {
        await SendAsync(Conference(Day(2, 2)), new VisitRecorded { Child = "c1", On = new(Day(2, 13)), Purpose = VisitPurpose.ChildProtection, Seen = true });
        var reported = Assert.Single(await GetAsync(February)).GetProperty("asKnownNow");
        Assert.Equal((1, 2, 0), Numbers(reported));

        await MoveToAsync(At(3, 4, 9));
        var visit = Assert.Single(await QueryAsync("select headers ->> 'id' from public.mt_events where type = 'visit_recorded'"));
        await SendAsync(new Corrected
        {
            Child = "c1",
            On = new(Day(3, 4)),
            Event = visit,
            Data = JsonSerializer.Deserialize<JsonElement>("""{"on":"2026-02-18","purpose":"child_protection","seen":true}"""),
        });

        var both = Assert.Single(await GetAsync($"{February}&asAt=2026-03-02"));
        Assert.Equal(reported.GetRawText(), both.GetProperty("asReportedThen").GetRawText());
        Assert.Equal((0, 1, 1), Numbers(both.GetProperty("asKnownNow")));
        Assert.Equal(2, both.GetProperty("casesThatDiffer").GetInt32());
    }

    private static (int Numerator, int Denominator, int Waiting) Numbers(JsonElement figure) =>
        (figure.GetProperty("numerator").GetInt32(), figure.GetProperty("denominator").GetInt32(), figure.GetProperty("waiting").GetInt32());
}
