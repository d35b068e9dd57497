using PracticeEvents.Benchmarks.Page;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>The slowest page or query at the volume of 150 authorities, as the large run has left it on the page; no row until there was one.</summary>
internal sealed class PagesAtScale : IRow
{
    public string Word => "pages";

    public int Runs => 1;

    public async Task<Measured> MeasureAsync(Ground ground) => new(
        await LargeSection.SlowestPageAsync() is { } slowest
            ? [new("Slowest page or query over the events of 150 authorities (from the large run): 99 in 100 within", slowest, "ms", null, Goal.AtMost(50))]
            : []);
}
