using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using Xunit;

namespace PracticeEvents.App.Tests.Process;

/// <summary>Minutes, forms and entries that a case system never sends are nobody's lateness; from the first one on they are asked for.</summary>
public sealed class FeedStory : Council
{
    private const string Form = "cp-qa-form";

    [Fact]
    public async Task A_rule_for_a_form_waits_until_some_system_has_sent_one_and_then_counts_for_everybody()
    {
        await SendAsync(Conference(Day(2, 16)), Conference(Day(2, 17), "c2"));
        Assert.Empty(await DutiesAsync("c1", Form));
        Assert.Empty(await AlertsAsync(Form));

        await SendAsync(new ConferenceQualityRecorded { Child = "c2", On = new(Day(2, 18)) });

        Assert.Equal("done", Text(Assert.Single(await DutiesAsync("c2", Form)), "status"));
        Assert.Equal("overdue", Text(Assert.Single(await DutiesAsync("c1", Form)), "status"));
        Assert.NotEmpty(await AlertsAsync(Form));
    }

    [Fact]
    public async Task What_was_sent_before_a_restart_is_remembered_after_it()
    {
        await SendAsync(Conference(Day(2, 16)), new ConferenceQualityRecorded { Child = "c1", On = new(Day(2, 17)) });

        await RestartAsync(At(3, 3));

        Assert.True(Services.GetRequiredService<RuleBook>() is { } rules && rules.IsFed(rules.Find(Form)!) && !rules.IsFed(rules.Find("cp-minutes")!));
    }

    [Fact]
    public async Task A_form_that_came_while_nobody_was_at_work_counts_for_everybody_after_the_start()
    {
        await SendAsync(Conference(Day(2, 16)), Conference(Day(2, 17), "c2"));
        await RestartAsync(At(3, 3), new ConferenceQualityRecorded { Child = "c2", On = new(Day(2, 18)) });

        Assert.Equal(["c1 open", "c2 met"], await QueryAsync($"select child || ' ' || outcome from practice.obligations where rule = '{Form}' order by child"));
    }

    [Fact]
    public async Task Why_there_is_silence_says_that_nothing_has_ever_been_sent()
    {
        await SendAsync(Conference(Day(2, 16)));
        using var reader = await ReaderAsync("admin", Role.Administrator);

        var why = await reader.GetStringAsync($"/api/children/c1/why?rule={Form}");

        Assert.Contains("No system of the council has ever sent what meets it (conference quality recorded)", why, StringComparison.Ordinal);
    }
}
