using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Inputs;
using PracticeEvents.App.Synthetic;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Events;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>What lists say of an earlier instant is what they said at that instant, whatever was recorded, corrected or sent for the first time since.</summary>
public sealed class AsAtStory : Council
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task As_at_an_instant_every_list_says_what_it_said_live(int seed)
    {
        var random = new Random(seed);
        var events = SyntheticAuthority.Events(new AuthorityPlan(seed, 12, Start.AddDays(40), 3)).Select(Read).ToList();
        var said = new List<(DateTimeOffset At, string Live)>();
        for (var (now, told) = (Start, 0); told < events.Count; now = now.AddHours(random.Next(20, 200)))
        {
            await MoveToAsync(now);

            // What comes is not in the order in which it was recorded, and the last of it comes in one go.
            var some = said.Count == 8 ? events.Count - told : Math.Min(events.Count - told, random.Next(1, events.Count / 4));
            var batch = events.GetRange(told, some).ToArray();
            random.Shuffle(batch);
            await TellAsync(batch, now);
            told += some;
            said.Add((now, await LiveAsync(null)));
        }

        Assert.True(said.Count > 3);
        foreach (var (at, live) in said)
        {
            Assert.Equal(live, await LiveAsync(at));
        }
    }

    [Fact]
    public async Task A_form_that_was_first_sent_later_was_not_asked_for_before()
    {
        await SendAsync(Conference(Day(2, 16)));
        await MoveToAsync(At(3, 4));
        await SendAsync(Conference(Day(2, 17), "c2"), new ConferenceQualityRecorded { Child = "c2", On = new(Day(2, 18)) });

        Assert.Single(await DutiesAsync("c1", "cp-qa-form"));
        Assert.Empty(await DutiesAsync("c1", "cp-qa-form", "?asAt=2026-03-03T12:00:00Z"));
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_leaves_the_others_in_the_lists_of_then_and_reads_cannot_tell()
    {
        await SendAsync(Conference(Day(2, 16)), Conference(Day(2, 17), "bad"));
        await Services.GetRequiredService<EventStore>().AppendAsync(
            [new NewEvent("child-bad", "visit_recorded", "x", """{"child":"bad","on":"the other day"}""", "/old", "b1", Start)]);
        await SettleAsync();

        foreach (var asAt in new[] { "", "?asAt=2026-03-02T12:00:00Z" })
        {
            // c1 is with sw1; of the child whose record cannot be read nobody is said to hold it.
            var nobodys = (await GetAsync($"/api/caseload{asAt}")).Single(w => Text(w, "worker").Length == 0);
            Assert.Equal(("1", "0", "0"), (Text(nobodys, "children"), Text(nobodys, "overdue"), Text(nobodys, "onTrack")));
            Assert.NotEqual("0", Text(nobodys, "cannotTell"));
            Assert.Contains(await GetAsync($"/api/caseload{asAt}"), w => Text(w, "worker") == "sw1" && Text(w, "cannotTell") == "0");
        }
    }

    private async Task TellAsync(IEnumerable<Incoming> events, DateTimeOffset now)
    {
        var appended = await Services.GetRequiredService<EventStore>().AppendAsync([.. events.Select(e => e.ToNewEvent(now, "cms"))]);
        Assert.All(appended, a => Assert.Equal(Fate.Accepted, a.Fate));
        await SettleAsync();
    }

    // The rows of the lists, as text that is the same when they are.
    private async Task<string> LiveAsync(DateTimeOffset? asAt)
    {
        var reader = Services.GetRequiredService<ViewReader>();
        return string.Join('\n', await LinesAsync<ChildRow>(reader, asAt), await LinesAsync<ObligationRow>(reader, asAt), await LinesAsync<MidPointRow>(reader, asAt), await LinesAsync<BasicsRow>(reader, asAt));
    }

    private async Task<string> LinesAsync<TRow>(ViewReader reader, DateTimeOffset? asAt)
        where TRow : class
    {
        var view = Services.GetServices<IView>().OfType<View<TRow>>().Single();
        return string.Join('\n', (await reader.RowsAsync(view, null, asAt, default)).Select(r => JsonSerializer.Serialize(r, InUtc)).Order(StringComparer.Ordinal));
    }

    // Rows out of the database have their instants in UTC, rows just worked out in London's time.
    private static readonly JsonSerializerOptions InUtc = new() { Converters = { new UtcJson() } };

    private sealed class UtcJson : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToUniversalTime());
    }

    private static Incoming Read(SyntheticEvent e) =>
        new(SyntheticAuthority.Source, e.Id, EventReader.FromBody(e.Type, JsonSerializer.SerializeToElement(e.Data), null, new(2030, 1, 1)).Event!, e.Time, e.RecordedTime);
}
