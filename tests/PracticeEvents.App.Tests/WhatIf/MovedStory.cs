using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Tests.Process;
using PracticeEvents.App.WhatIf;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;
using Xunit;

namespace PracticeEvents.App.Tests.WhatIf;

/// <summary>What another calendar or other rules would move, said before they are put in force.</summary>
public sealed class MovedStory : Council
{
    private RuleBook Rules => Services.GetRequiredService<RuleBook>();

    [Fact]
    public async Task A_new_bank_holiday_moves_only_what_is_counted_over_it()
    {
        // The core groups are due on Thursday 5 and Monday 16 March.
        await SendAsync(Conference(Day(2, 19)), Conference(Day(3, 2), "c2"));

        var found = await MovedAsync(With(Day(3, 10), "A day of mourning"));

        var coreGroups = found.Moved.Where(m => m.Rule == "core-group-first-10wd");
        var moved = Assert.Single(coreGroups);
        Assert.Equal(("c2", "2026-03-16", "2026-03-17"), (moved.Child, moved.Before, moved.After));
        Assert.Equal("10 Mar 2026 would not be counted: A day of mourning.", moved.Because);
        Assert.Equal(2, found.Children);
    }

    [Fact]
    public async Task The_same_calendar_moves_nothing()
    {
        await SendAsync(Conference(Day(2, 19)));
        Assert.Empty((await MovedAsync(Rules.Calendar)).Moved);
    }

    [Fact]
    public async Task A_rule_that_is_dropped_leaves_its_duties_without_a_date()
    {
        await SendAsync(Conference(Day(2, 19)));
        var fewer = new RuleBook(Rules.All.Where(r => r.Id != "core-group-first-10wd"), Rules.Calendar, Rules.Profiles) { Sent = new SentKinds() };

        var (all, _, _) = await Services.GetRequiredService<MovedDuties>().OfAsync(fewer, default);

        var moved = Assert.Single(all);
        Assert.Equal(("core-group-first-10wd", null, "It would not be asked for any more."), (moved.Rule, moved.After, moved.Because));
    }

    [Fact]
    public async Task The_calendar_in_use_is_said_once_in_the_log()
    {
        await RestartAsync(At(3, 3));
        Assert.Equal([Rules.Calendar.Edition], await QueryAsync("select data ->> 'pack' from public.mt_events where type = 'calendar_published'"));
    }

    private Task<(IReadOnlyList<MovedDuty> Moved, int Children, int NotRead)> MovedAsync(WorkingDays calendar) =>
        Services.GetRequiredService<MovedDuties>().OfAsync(new RuleBook(Rules.All, calendar, Rules.Profiles) { Sent = new SentKinds() }, default);

    private WorkingDays With(DateOnly day, string name) => new("other", new Dictionary<DateOnly, string>(Rules.Calendar.Holidays) { [day] = name }, Rules.Calendar.OfCouncil);
}
