using System.Net;
using System.Text;
using System.Text.Json;
using PracticeEvents.App.Inputs;
using Xunit;

namespace PracticeEvents.App.Tests.Inputs;

public sealed class InboundTests : InputsTest
{
    private const string Batch = "application/cloudevents-batch+json";

    [Fact]
    public async Task Each_event_of_a_batch_has_its_own_result_in_the_order_sent()
    {
        var good = Event("1");
        var answer = await PostAsync("/events", Batch, $"[{good},{Event("2", type: "practice.visit_recorder")},{good},{Event("3")}]");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(["1 accepted", "2 quarantined", "1 duplicate", "3 accepted"], await ResultsAsync(answer));
    }

    [Fact]
    public async Task The_same_id_with_another_body_is_quarantined()
    {
        await PostAsync("/events", Batch, $"[{Event("1", on: "2026-11-01")}]");
        Assert.Equal(["1 quarantined"], await ResultsAsync(await PostAsync("/events", Batch, $"[{Event("1", on: "2026-11-02")}]")));
    }

    [Fact]
    public async Task A_binary_event_is_taken_and_can_be_found_in_the_log()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/events") { Content = new StringContent("""{"on":"2026-11-02"}""", Encoding.UTF8, "application/json") };
        foreach (var (name, value) in new[]
        {
            ("ce-id", "b%201"), ("ce-source", "/cms"), ("ce-specversion", "1.0"),
            ("ce-type", "practice.core_group_held"), ("ce-subject", "C1"), ("ce-recordedtime", "2026-11-03T10:00:00Z"),
        })
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        Assert.Equal(["b 1 accepted"], await ResultsAsync(await Http.SendAsync(request)));
        var stored = Assert.Single(await Store.ReadStreamAsync("child-C1"));
        Assert.Equal(("b 1", "/cms", "core_group_held", Now), (stored.EventId, stored.Source, stored.Type, stored.ReceivedAt));
        Assert.Equal("2026-11-03T10:00:00Z", JsonDocument.Parse(stored.Headers).RootElement.GetProperty("recordedtime").GetString());
    }

    [Theory]
    [InlineData("application/cloudevents+json", "{\"id\":", 400)]
    [InlineData("application/cloudevents-batch+json", "{}", 400)]
    [InlineData("application/cloudevents+avro", "{}", 415)]
    [InlineData("application/cloudevents+json; charset=latin1", "{}", 415)]
    [InlineData("application/json", "{}", 415)]
    [InlineData("text/plain", "hello", 415)]
    public async Task A_body_that_cannot_be_read_at_all_is_a_problem_document(string type, string body, int status)
    {
        var answer = await PostAsync("/events", type, body);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task An_unreadable_body_is_kept_before_it_is_answered()
    {
        await PostAsync("/events", "application/cloudevents+json", "{\"id\":");
        Assert.Contains("not readable JSON", await Http.GetStringAsync(new Uri("/api/inbox?status=quarantined", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_much_is_413_and_the_limit_is_told()
    {
        var large = await PostAsync("/events", Batch, new byte[CloudEvents.MostBytes + 1]);
        var many = await PostAsync("/events", Batch, "[" + string.Join(',', Enumerable.Repeat("1", CloudEvents.MostEvents + 1)) + "]");

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge), (large.StatusCode, many.StatusCode));
        Assert.Contains("1000 events", await many.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("5242880", await large.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_handshake_allows_the_origin_and_tells_the_limits()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/events") { Headers = { { "WebHook-Request-Origin", "cms.example" } } };
        var answer = await Http.SendAsync(request);

        Assert.Equal("cms.example", answer.Headers.GetValues("WebHook-Allowed-Origin").Single());
        Assert.Equal("60000", answer.Headers.GetValues("WebHook-Allowed-Rate").Single());
        Assert.Contains("POST", answer.Content.Headers.Allow);
        Assert.Contains("\"maxEvents\":1000", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_proof_nothing_is_taken()
    {
        Http.DefaultRequestHeaders.Authorization = null;
        var none = await PostAsync("/events", Batch, "[]");
        Http.DefaultRequestHeaders.Authorization = new("Bearer", "wrong");
        var wrong = await PostAsync("/events", Batch, "[]");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (none.StatusCode, wrong.StatusCode));
        Assert.Equal("application/problem+json", none.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task What_was_seen_by_others_proves_nothing_once_it_is_renewed()
    {
        var made = (await Senders.RenewAsync("cms", TimeProvider.System.GetUtcNow()))!;
        var before = await PostAsync("/events", Batch, "[]");
        Http.DefaultRequestHeaders.Authorization = new("Bearer", made.Bearer);
        var after = await PostAsync("/events", Batch, "[]");
        Http.DefaultRequestHeaders.Authorization = null;

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Accepted), (before.StatusCode, after.StatusCode));
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignedAsync(Cms.Secret, "[]", "[]")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await SignedAsync(made.Secret, "[]", "[]")).StatusCode);
    }

    [Fact]
    public async Task A_signature_of_either_live_secret_is_proof_and_a_tampered_body_is_not()
    {
        Http.DefaultRequestHeaders.Authorization = null;
        var next = (await Senders.RotateAsync("cms", TimeSpan.FromDays(1), TimeProvider.System.GetUtcNow()))!;

        Assert.Equal(HttpStatusCode.Accepted, (await SignedAsync(Cms.Secret, "[]", "[]")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await SignedAsync(next, "[]", "[]")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignedAsync(next, "[]", "[ ]")).StatusCode);
    }

    [Fact]
    public async Task A_repaired_event_is_replayed_and_its_row_is_settled()
    {
        await PostAsync("/events", Batch, $"[{Event("1", on: "not a date")}]");
        var row = JsonDocument.Parse(await Http.GetStringAsync(new Uri("/api/inbox?status=quarantined", UriKind.Relative))).RootElement[0].GetProperty("id").GetInt64();

        var unchanged = await PostAsync($"/api/inbox/{row}/replay", "application/json", "");
        Assert.Contains("\"quarantined\"", await unchanged.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var repaired = await PostAsync($"/api/inbox/{row}/replay", "application/json", Event("1"));
        Assert.Contains("\"accepted\"", await repaired.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("\"replayed\"", await Http.GetStringAsync(new Uri($"/api/inbox/{row}", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync($"/api/inbox/{row}/replay", "application/json", "")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("/api/inbox/999999/replay", "application/json", "")).StatusCode);
    }

    [Fact]
    public async Task The_right_body_of_a_correction_is_checked_as_an_event_of_the_corrected_type()
    {
        const string Form = """{"specversion":"1.0","id":"ID","source":"/cms","type":"practice.corrected","subject":"C1","data":{"on":"2026-11-02","event":"1","source":"/cms","data":{"child":"C1","on":"2026-11-02","purpose":"child_in_need","seen":SEEN,"seenAlone":true}}}""";
        static string Correction(string id, string seen) => Form.Replace("ID", id, StringComparison.Ordinal).Replace("SEEN", seen, StringComparison.Ordinal);

        await PostAsync("/events", Batch, $"[{Event("1")}]");
        Assert.Equal(["c1 quarantined", "c2 accepted"], await ResultsAsync(await PostAsync("/events", Batch, $"[{Correction("c1", "\"perhaps\"")},{Correction("c2", "true")}]")));
    }

    private static string Event(string id, string on = "2026-11-01", string type = "practice.visit_recorded") =>
        $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"/cms","type":"{{{type}}}","subject":"C1","data":{"on":"{{{on}}}","purpose":"child_in_need","seen":true,"seenAlone":false}}""";

    private static async Task<string[]> ResultsAsync(HttpResponseMessage answer)
    {
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return [.. body.RootElement.GetProperty("results").EnumerateArray().Select(r => $"{r.GetProperty("id").GetString()} {r.GetProperty("status").GetString()}")];
    }

    private async Task<HttpResponseMessage> SignedAsync(string secret, string signed, string sent)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/events") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(sent)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", Batch);
        request.Headers.Add("webhook-id", "msg_1");
        request.Headers.Add("webhook-timestamp", $"{now.ToUnixTimeSeconds()}");
        request.Headers.Add("webhook-signature", StandardWebhooks.Sign("msg_1", now, Encoding.UTF8.GetBytes(signed), [secret]));
        return await Http.SendAsync(request);
    }
}
