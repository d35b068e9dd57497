using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using PracticeEvents.App.Inputs;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.Inputs;

public sealed class TurnedAwayTests : InputsTest
{
    protected override int RequestsPerMinute => 1;

    [Fact]
    public async Task A_source_that_sends_too_often_is_told_when_to_come_again()
    {
        var other = (await Senders.CreateAsync("other", Now))!;
        await PostAsync("/events", "application/cloudevents-batch+json", "[]");
        var second = await PostAsync("/events", "application/cloudevents-batch+json", "[]");
        Http.DefaultRequestHeaders.Authorization = new("Bearer", other.Bearer);
        var neighbour = await PostAsync("/events", "application/cloudevents-batch+json", "[]");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.Accepted), (second.StatusCode, neighbour.StatusCode));
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Fact]
    public async Task A_name_is_given_to_one_source_only() => Assert.Null(await Senders.CreateAsync("cms", Now));

    [Fact]
    public async Task When_the_database_is_away_the_answer_is_503_with_a_time_to_come_again()
    {
        var http = new DefaultHttpContext();
        var answer = await Answers.WhenTheStoreIsAway(new DefaultEndpointFilterInvocationContext(http), async _ =>
        {
            await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Timeout=2");
            return await new Sources(nowhere).ListAsync();
        });

        Assert.Equal(503, Assert.IsType<ProblemHttpResult>(answer).StatusCode);
        Assert.Equal("10", http.Response.Headers.RetryAfter);
    }

    [Fact]
    public async Task When_the_store_is_full_the_answer_is_429()
    {
        var http = new DefaultHttpContext();
        var answer = await Answers.WhenTheStoreIsAway(new DefaultEndpointFilterInvocationContext(http), _ => throw new StoreBusyException(TimeSpan.FromSeconds(3)));

        Assert.Equal(429, Assert.IsType<ProblemHttpResult>(answer).StatusCode);
        Assert.Equal("3", http.Response.Headers.RetryAfter);
    }
}
