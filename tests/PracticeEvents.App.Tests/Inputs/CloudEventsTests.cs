using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PracticeEvents.App.Inputs;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Inputs;

public sealed class CloudEventsTests
{
    private const string Structured = "application/cloudevents+json; charset=utf-8";
    private const string Good = """{"specversion":"1.0","id":"1","source":"/cms","type":"practice.visit_recorded","subject":"C1","time":"2026-11-01T23:30:00-01:00","recordedtime":"2026-11-03T10:00:00Z","correlationid":"k","unknown":null,"data":{"purpose":"child_in_need","seen":true,"seenAlone":false}}""";
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Fact]
    public void A_structured_event_is_read_with_its_two_times()
    {
        var read = Read(Structured, Good).Events.Single();

        Assert.Null(read.Refusal);
        var visit = Assert.IsType<VisitRecorded>(read.Event!.Event);
        Assert.Equal("C1", visit.Child);
        Assert.Equal(new DateOnly(2026, 11, 2), visit.On.Date);
        Assert.Equal(("1", "/cms", "k"), (read.Event.Id, read.Event.Source, read.Event.CorrelationId));
        Assert.Equal(new DateTimeOffset(2026, 11, 3, 10, 0, 0, TimeSpan.Zero), read.Event.RecordedAt);
    }

    [Fact]
    public void The_type_may_come_without_its_prefix() =>
        Assert.Null(Read(Structured, Good.Replace("practice.visit", "visit", StringComparison.Ordinal)).Events.Single().Refusal);

    [Fact]
    public void Data_may_be_base64_of_json()
    {
        var data = Convert.ToBase64String("{\"on\":\"2026-11-01\"}"u8);
        Assert.Null(
            Read(Structured, $$"""{"specversion":"1.0","id":"1","source":"/cms","type":"core_group_held","subject":"C1","data_base64":"{{data}}"}""")
                .Events.Single().Refusal);
    }

    [Theory]
    [InlineData("\"id\":\"1\"", "\"id\":\"\"", "id is empty.")]
    [InlineData("\"id\":\"1\"", "\"id\":null", "id is missing.")]
    [InlineData("\"id\":\"1\"", "\"id\":7", "id is not a text.")]
    [InlineData("\"source\":\"/cms\"", "\"source\":\"c m s\"", "source is not a URI reference.")]
    [InlineData("\"source\":\"/cms\"", "\"source\":\"/practice-events\"", "this service's own")]
    [InlineData("\"specversion\":\"1.0\"", "\"specversion\":\"0.3\"", "specversion is not 1.0.")]
    [InlineData("practice.visit_recorded", "practice.visit_recorder", "Did you mean 'visit_recorded'?")]
    [InlineData("practice.visit_recorded", "practice.load_finished", "cannot be sent in")]
    [InlineData("2026-11-03T10:00:00Z", "2026-11-03", "recordedtime is not a date-time")]
    [InlineData("2026-11-03T10:00:00Z", "2028-11-03T10:00:00Z", "recordedtime is in the future.")]
    [InlineData("\"seen\":true", "\"seen\":\"perhaps\"", "seen ")]
    [InlineData("\"seen\":true", "\"note\":\"a\\u0000b\"", "U+0000")]
    [InlineData("\"seen\":true", "\"note\":\"\\ud800\"", "surrogate")]
    [InlineData("\"seen\":true", "\"note\":1e999999", "number")]
    public void A_bad_event_is_refused_in_words(string good, string bad, string why) =>
        Assert.Contains(why, Read(Structured, Good.Replace(good, bad, StringComparison.Ordinal)).Events.Single().Refusal, StringComparison.Ordinal);

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var refusal = Read(Structured, """{"specversion":"2","type":"visit_recorded","data":{"purpose":"tea"}}""").Events.Single().Refusal!;
        Assert.All(["id is missing.", "source is missing.", "specversion is not 1.0.", "purpose", "seen"], part => Assert.Contains(part, refusal, StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_that_comes_twice_fails_its_own_event_and_no_other()
    {
        var read = Read("application/cloudevents-batch+json", $"[{Good},{Good.Replace("\"id\":\"1\"", "\"id\":\"1\",\"id\":\"2\"", StringComparison.Ordinal)},7]").Events;
        Assert.Equal([true, false, false], read.Select(e => e.Refusal is null));
    }

    [Theory]
    [InlineData("Euro%20%E2%82%AC%20%F0%9F%98%80", "Euro € 😀")]
    [InlineData("%e2%82%ac", "€")]
    [InlineData("%41b", "Ab")]
    [InlineData("\"a \\\"b\\\"\"", "a \"b\"")]
    [InlineData("100%", "100%")]
    [InlineData("%C0%A0", null)]
    [InlineData("%ED%A0%80", null)]
    public void Header_values_are_percent_decoded(string header, string? value) => Assert.Equal(value, CloudEventHeaders.Decode(header));

    [Fact]
    public void A_binary_event_with_invalid_utf_8_in_a_header_is_refused()
    {
        var read = CloudEvents.Read(
            "application/json",
            [new("ce-id", "%C0%A0"), new("ce-source", "/cms"), new("ce-specversion", "1.0"), new("ce-type", "core_group_held")],
            "{}"u8.ToArray(),
            Today);
        Assert.Contains("ce-id", read.Events.Single().Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_beyond_64_kib_is_refused_alone()
    {
        var large = Good.Replace("\"seen\":true", $"\"seen\":true,\"extra\":\"{new string('x', CloudEvents.MostEventBytes)}\"", StringComparison.Ordinal);

        Assert.Equal(413, Read(Structured, large).Fault!.Status);
        Assert.Equal([false, true], Read("application/cloudevents-batch+json", $"[{large},{Good}]").Events.Select(e => e.Refusal is null));
    }

    [Fact]
    public void No_bytes_and_no_changed_event_make_a_reader_throw()
    {
        var types = Gen.Elements("application/cloudevents+json", "application/cloudevents-batch+json", "application/json", "text/plain", "", "application/cloudevents");
        var changed = from at in Gen.Choose(0, Good.Length - 1)
                      from with in Gen.Elements("", "\\", "\"", "{", "}", "[", ",", "\\ud800", "\\u0000", "null", "1e99999", "ÿ", "9")
                      select Encoding.UTF8.GetBytes(Good[..at] + with + Good[(at + 1)..]);
        var bytes = Gen.OneOf(changed, ArbMap.Default.GeneratorFor<byte[]>(), from b in changed select Encoding.UTF8.GetBytes("[" + Encoding.UTF8.GetString(b) + "]"));
        Prop.ForAll(Arb.From(types), Arb.From(bytes), (type, body) =>
        {
            var headers = new[] { KeyValuePair.Create("ce-id", Encoding.Latin1.GetString(body)), KeyValuePair.Create("ce-type", "core_group_held") };
            var read = CloudEvents.Read(type, headers, body, Today);
            return (read.Fault is not null || read.Events.All(e => e.Event is null != e.Refusal is null)) && DfeReads(body);
        }).QuickCheckThrowOnFailure();
    }

    private static bool DfeReads(byte[] body)
    {
        if (JsonBytes.Read(body, out var why) is not { } value)
        {
            return why.Length > 0;
        }

        DfePersonal.LeaveOut(value);
        return DfeCscSchema.Check(value).Count > 0;
    }

    private static CloudEventsBody Read(string contentType, string body) => CloudEvents.Read(contentType, [], Encoding.UTF8.GetBytes(body), Today);
}
