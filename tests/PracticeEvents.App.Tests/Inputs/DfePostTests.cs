using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace PracticeEvents.App.Tests.Inputs;

public sealed partial class DfePostTests : InputsTest
{
    private const string Address = "/children_social_care_data/201/children";
    private const string Child = """{"la_child_id":"C1","child_details":{"first_name":"Xavi","surname":"Quill","date_of_birth":"2016-05-04"},"social_care_episodes":[{"social_care_episode_id":"E1","referral_date":"2026-01-05"}]}""";

    [Fact]
    public async Task A_batch_is_answered_with_one_receipt_for_each_child_in_order()
    {
        var answer = await PostAsync(Address, "application/json", $$"""[{{Child}},{"la_child_id":"C2"}]""");
        var receipts = JsonSerializer.Deserialize<string[]>(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, receipts.Length);
        Assert.All(receipts, r => Assert.Matches(Receipt(), r));
        Assert.Equal("Xavi Quill", Assert.Single(Labels).Label);
        Assert.DoesNotContain("Xavi", await Http.GetStringAsync(new Uri("/api/inbox/1", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_batch_the_next_day_adds_nothing()
    {
        await PostAsync(Address, "application/json", $"[{Child}]");
        var head = await Store.HeadAsync();
        await PostAsync(Address, "application/json", $"[{Child}]");

        Assert.Equal((2L, 2L), (head, await Store.HeadAsync()));
    }

    [Fact]
    public async Task A_child_that_does_not_fit_the_schema_fails_the_batch_and_its_reasons_are_kept()
    {
        var answer = await PostAsync(Address, "application/json", $$"""[{{Child}},{"la_child_id":"C 2","child_details":{"sex":"X"},"extra":1}]""");
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var row = problem.RootElement.GetProperty("inbox")[0].GetInt64();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            ["#/1/la_child_id", "#/1/child_details/sex", "#/1/extra"],
            problem.RootElement.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()!));
        Assert.Equal(0, await Store.HeadAsync());
        Assert.Contains("/child_details/sex", await Http.GetStringAsync(new Uri($"/api/inbox/{row}", UriKind.Relative)), StringComparison.Ordinal);

        var replayed = await PostAsync($"/api/inbox/{row}/replay", "application/json", Child);
        Assert.Contains("accepted", await replayed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_that_cannot_be_waits_for_a_person_and_the_rest_is_taken()
    {
        var answer = await PostAsync(Address, "application/json", $"[{Child.Replace("2026-01-05", "1066-01-05", StringComparison.Ordinal)}]");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, await Store.HeadAsync());
        Assert.Contains("is before 1900", await Http.GetStringAsync(new Uri("/api/inbox?status=quarantined", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_hundred_children_are_too_many() =>
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(Address, "application/json", $"[{string.Join(',', Enumerable.Repeat(Child, 101))}]")).StatusCode);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{}")]
    public async Task What_is_no_array_of_children_is_refused(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(Address, "application/json", body)).StatusCode);

    [Fact]
    public async Task A_sender_may_change_its_credentials_for_a_token_first()
    {
        Http.DefaultRequestHeaders.Authorization = null;
        using var wrong = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "cms"), new("client_secret", "wrong")]);
        using var right = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "cms"), new("client_secret", Cms.Bearer), new("scope", "any")]);
        var token = new Uri("/oauth2/token", UriKind.Relative);

        Assert.Equal(HttpStatusCode.Unauthorized, (await Http.PostAsync(token, wrong)).StatusCode);
        using var granted = JsonDocument.Parse(await (await Http.PostAsync(token, right)).Content.ReadAsStringAsync());
        Http.DefaultRequestHeaders.Authorization = new("Bearer", granted.RootElement.GetProperty("access_token").GetString());
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Address, "application/json", $"[{Child}]")).StatusCode);
    }

    [Fact]
    public async Task The_published_batches_are_taken_once()
    {
        var receipts = 0;
        var batches = Enumerable.Range(1, 4).Select(n => $"fakeCIN_batch00{n}").Concat(Enumerable.Range(1, 5).Select(n => $"seed42_batch00{n}"))
            .Select(b => OutsideData.Find($"dfe-csc-api/derived_{b}.json")).OfType<string>().ToList();
        foreach (var path in batches)
        {
            var answer = await PostAsync(Address, "application/json", await File.ReadAllBytesAsync(path));
            receipts += JsonSerializer.Deserialize<string[]>(await answer.Content.ReadAsStringAsync())!.Length;
        }

        var head = await Store.HeadAsync();
        foreach (var path in batches)
        {
            await PostAsync(Address, "application/json", await File.ReadAllBytesAsync(path));
        }

        Assert.Equal(batches.Count == 0 ? 0 : 832, receipts);
        Assert.Equal(head, await Store.HeadAsync());
    }

    [GeneratedRegex("^2026-11-20_09:00:00\\.000000_[0-9a-f-]{36}$")]
    private static partial Regex Receipt();
}
