using System.Text;
using System.Text.Json;
using PracticeEvents.App.Inputs;
using Xunit;

namespace PracticeEvents.App.Tests.Inputs;

public sealed class ImportTests : InputsTest
{
    private const string Census = """
        <Message><Children>
          <Child><ChildIdentifiers><LAchildID>C1</LAchildID><PersonBirthDate>2015-01-01</PersonBirthDate></ChildIdentifiers><CINdetails><CINreferralDate>2026-01-06</CINreferralDate></CINdetails></Child>
          <Child><ChildIdentifiers><LAchildID>C1</LAchildID><PersonBirthDate>2015-01-01</PersonBirthDate></ChildIdentifiers><CINdetails><CINreferralDate>2066-01-06</CINreferralDate></CINdetails></Child>
        </Children></Message>
        """;

    [Fact]
    public async Task A_census_is_imported_once_and_its_load_is_finished_once()
    {
        var first = await ImportAsync(Census);
        var head = await Store.HeadAsync();
        var again = await ImportAsync(Census);

        Assert.Equal(("cin-census", 2, 0), (first.Format, first.Added, again.Added));
        Assert.Equal(new TallyLine(1, 1, 0), first.Counts.Lines["children"]);
        Assert.Equal(new TallyLine(1, 0, 1), first.Counts.Lines["referrals"]);
        Assert.Single(first.Refusals);
        var finished = Assert.Single(await Store.ReadStreamAsync($"load-{first.Load}"));
        Assert.Equal((3L, "load_finished"), (finished.Position, finished.Type));
        var stored = (await Store.ReadStreamAsync("child-C1"))[0];
        Assert.Equal(first.Load, JsonDocument.Parse(stored.Headers).RootElement.GetProperty("load").GetString());
        Assert.Equal(head, await Store.HeadAsync());
    }

    [Theory]
    [InlineData("EVENT1\n\nEVENT2\nnonsense\n", 2, 1)]
    [InlineData("[EVENT1,EVENT2,7]", 2, 1)]
    [InlineData("[EVENT1,EVENT2", 2, 0)]
    public async Task Events_are_imported_from_lines_or_an_array(string file, int taken, int refused)
    {
        var text = file.Replace("EVENT1", Event("1"), StringComparison.Ordinal).Replace("EVENT2", Event("2"), StringComparison.Ordinal);
        var first = await ImportAsync(text);
        var again = await ImportAsync(text);

        Assert.Equal(new TallyLine(taken, 0, refused), first.Counts.Lines["events"]);
        Assert.Equal(new TallyLine(0, taken, refused), again.Counts.Lines["events"]);
        Assert.Equal(0, again.Added);
        Assert.Single(first.Refusals);
    }

    [Theory]
    [InlineData("[EVENT1,EVENT2]")]
    [InlineData("EVENT1\nEVENT2\n")]
    public async Task Bytes_that_are_no_text_refuse_their_event_alone(string file)
    {
        var text = file.Replace("EVENT1", Event("1"), StringComparison.Ordinal).Replace("EVENT2", Event("caf\u00E9"), StringComparison.Ordinal);
        var result = await ImportAsync(Encoding.Latin1.GetBytes(text));

        Assert.Equal(new TallyLine(1, 0, 1), result.Counts.Lines["events"]);
        Assert.Single(result.Refusals);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    public async Task A_file_of_no_known_format_is_refused(string file) => await Assert.ThrowsAsync<FormatException>(() => ImportAsync(file));

    [Fact]
    public async Task Every_value_of_the_generated_census_is_accounted_for()
    {
        if (OutsideData.Find("cin-generated/cin_xml_from_csv_seed42_500children.xml") is not { } path)
        {
            return;
        }

        var told = new List<int>();
        var result = await ImportFile.ImportAsync(path, null, Store, TimeProvider.System, new Told(told));

        Assert.Equal(500, result.Counts.Lines["children"].Read);
        Assert.Equal(603, result.Counts.Lines["referrals"].Read);
        Assert.Equal(result.Added, await Store.HeadAsync() - 1);
        Assert.Equal(500, told[^1]);
        Assert.Equal(0, (await ImportFile.ImportAsync(path, "cin-census", Store, TimeProvider.System)).Added);
    }

    private static string Event(string id) => $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"/cms","type":"core_group_held","subject":"C1","data":{"on":"2026-11-01"}}""";

    private sealed class Told(List<int> read) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => read.Add(value.Read);
    }
}
