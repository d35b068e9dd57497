using AngleSharp.Dom;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.App.Tests.Web.Teams;
using PracticeEvents.Domain.Events;
using Xunit;
using static PracticeEvents.App.Tests.Web.Teams.PageText;

namespace PracticeEvents.App.Tests.Web.Reviews;

[Collection(OnTeamStory.Name)]
public sealed class Reviews_page(TeamStory story) : IDisposable
{
    private readonly Reader officer = story.SignedIn("iro1", Role.Iro);

    public void Dispose() => officer.Dispose();

    [Fact]
    public async Task A_reviewing_officer_sees_their_own_children_and_no_others()
    {
        var page = await officer.PageAsync("/reviews");
        Assert.Equal(
            ["Child c2 Looked-after review", "Child c3 Looked-after review"],
            page.QuerySelectorAll("table:first-of-type tbody th a").Select(a => Text(a.ParentElement!)).Order());
    }

    [Fact]
    public async Task The_first_sentence_counts_children_reviews_checks_and_challenges()
    {
        var page = await officer.PageAsync("/reviews");
        Assert.Equal("2 children. 0 reviews overdue, 2 due in 4 weeks. 1 mid-point check due. 1 challenge unanswered.", Text(page.QuerySelector(".govuk-body-l")!));
    }

    [Fact]
    public async Task A_chair_sees_the_conference_cycle_with_its_half_way_check()
    {
        using var chair = story.SignedIn("ch1", Role.CpChair);
        var cells = Cells(await chair.PageAsync("/reviews"), "c1");
        Assert.Equal("12 Jan 2026", cells[0]);
        Assert.StartsWith("12 Apr 2026", cells[1], StringComparison.Ordinal);
        Assert.Equal("26 Feb 2026", cells[2]);
        Assert.Equal("Overdue by 2 working days", cells[3]);
        Assert.Equal(["Not recorded", "Not recorded", "None"], cells[4..]);
    }

    [Fact]
    public async Task Before_the_first_review_there_is_no_half_way_check_and_the_page_says_so()
    {
        var cells = Cells(await officer.PageAsync("/reviews"), "c2");
        Assert.Equal("None yet", cells[0]);
        Assert.Equal("16 Mar 2026 Due soon in 10 working days", cells[1]);
        Assert.Equal("No half-way check before the first review", cells[2]);
    }

    [Fact]
    public async Task An_unanswered_challenge_is_said_with_its_stage_and_date()
    {
        var cells = Cells(await officer.PageAsync("/reviews"), "c3");
        Assert.Equal("Informal, raised 10 Feb 2026, not answered", cells[^1]);
    }

    [Fact]
    public async Task It_says_that_half_way_is_a_local_standard() =>
        Assert.Contains("The half-way check is a local standard", Text((await officer.PageAsync("/reviews")).QuerySelector("main")!), StringComparison.Ordinal);

    [Fact]
    public async Task Filters_stand_in_the_address_and_narrow_the_list()
    {
        using var chair = story.SignedIn("hos1", Role.HeadOfService);
        var page = await chair.PageAsync("/reviews?cycle=child_protection&status=overdue");
        Assert.Equal(["Sam <B>, child c1"], page.QuerySelectorAll("tbody th a").Select(Text));
        Assert.Equal(
            ["Remove filter Cycle: Review conference ✕", "Remove filter Review or mid-point check: Overdue ✕", "Clear filters"],
            page.QuerySelectorAll(".practice-filters__list a").Select(Text));

        var mine = await chair.PageAsync("/reviews?mine=yes");
        Assert.Contains("No reviews match these filters.", Text(mine.QuerySelector("main")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_twelve_weeks_name_the_bank_holidays_and_count_the_reviews()
    {
        var page = await officer.PageAsync("/reviews");
        var weeks = page.QuerySelectorAll("table")[1].QuerySelectorAll("tbody tr").Select(Text).ToList();
        Assert.Equal(12, weeks.Count);
        Assert.Equal("16 Mar 2026 1 0 5 None", weeks[2]);
        Assert.Contains("Good Friday, 3 Apr 2026", weeks[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_with_no_reviews_is_told_what_would_bring_one_here()
    {
        using var nobody = story.SignedIn("x1", Role.Iro);
        Assert.Contains("No child whom you may see is waiting for a review.", Text((await nobody.PageAsync("/reviews")).QuerySelector("main")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_CSV_carries_references_and_codes()
    {
        using var answer = await officer.Http.GetAsync("/reviews?cycle=looked_after&format=csv");
        var csv = await answer.Content.ReadAsStringAsync();
        Assert.Contains("child,cycle,iro,chair,lastReview,nextDue,nextStatus,halfWay,check", csv, StringComparison.Ordinal);
        Assert.Contains("c2,looked_after,iro1,,,2026-03-16,due_soon", csv, StringComparison.Ordinal);
    }

    private static List<string> Cells(IDocument page, string child) =>
        [.. page.QuerySelectorAll("tbody tr").First(r => r.QuerySelector($"a[href='/children/{child}']") is not null).QuerySelectorAll("td").Select(Text)];
}
