using System.Net;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using PracticeEvents.App.Tests.Web.Harness;
using PracticeEvents.App.Tests.Web.Teams;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using Xunit;
using static PracticeEvents.App.Tests.Web.Teams.PageText;

namespace PracticeEvents.App.Tests.Web.RulePages;

[Collection(OnTeamStory.Name)]
public sealed class Rules_pages(TeamStory story) : IDisposable
{
    private readonly Reader manager = story.SignedIn("tm1", Role.TeamManager);

    private RuleBook Book => story.Services.GetRequiredService<RuleBook>();

    public void Dispose() => manager.Dispose();

    [Fact]
    public async Task The_catalogue_lists_every_rule()
    {
        var pages = new List<string>();
        for (var number = 1; number <= (Book.All.Count + 24) / 25; number++)
        {
            var page = await manager.PageAsync($"/rules?page={number}");
            Assert.True(page.Source.Text.Length < 100_000);
            pages.AddRange(page.QuerySelectorAll("tbody th a").Select(a => a.GetAttribute("href")!));
        }

        Assert.Equal(Book.All.Select(r => $"/rules/{r.Id}").Order(StringComparer.Ordinal), pages.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Running_clocks_are_those_of_children_whom_the_reader_may_see()
    {
        Assert.Equal("1 Overdue", await StandingAsync(manager, "cp-visit"));
        using var other = story.SignedIn("tm2", Role.TeamManager);
        Assert.Equal("None running", await StandingAsync(other, "cp-visit"));
    }

    [Fact]
    public async Task Kind_and_stage_narrow_the_catalogue_and_stand_in_the_address()
    {
        var page = await manager.PageAsync("/rules?kind=local_standard&area=court");
        var wanted = Book.All.Count(r => r is { Kind: RuleKind.LocalStandard, Area: "court" });
        Assert.Equal(wanted, page.QuerySelectorAll("tbody tr").Length);
        Assert.All(page.QuerySelectorAll("tbody tr"), row => Assert.Contains("Local standard: not statutory", Text(row), StringComparison.Ordinal));

        var none = await manager.PageAsync("/rules?kind=court_rules&area=front_door");
        Assert.Contains("No rules match these filters.", Text(none.QuerySelector("main")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_useful_the_alerts_are_is_asked_by_period_and_owner_and_downloaded()
    {
        var page = await manager.PageAsync("/rules/usefulness?from=2020-01-01&to=2029-12-31");
        var rules = page.QuerySelectorAll("tbody th a").Select(a => a.GetAttribute("href")!).ToList();
        Assert.NotEmpty(rules);
        Assert.All(rules, address => Assert.Contains(Book.All, r => $"/rules/{r.Id}" == address));

        var owner = Book.Find(rules[0]["/rules/".Length..])!.Owner;
        var own = await manager.PageAsync($"/rules/usefulness?from=2020-01-01&to=2029-12-31&owner={EventName.Word(owner)}");
        Assert.All(own.QuerySelectorAll("tbody th a"), a => Assert.Equal(owner, Book.Find(a.GetAttribute("href")!["/rules/".Length..])!.Owner));

        using var csv = await manager.Http.GetAsync("/rules/usefulness?from=2020-01-01&to=2029-12-31&format=csv");
        Assert.Contains("rule,title,owner,raised", await csv.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(
            "No alerts were raised in this period.",
            Text((await manager.PageAsync("/rules/usefulness?from=2020-01-01&to=2020-02-01")).QuerySelector("main")!),
            StringComparison.Ordinal);
        using var wrong = await manager.Http.GetAsync("/rules/usefulness?from=soon");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Every_rules_page_opens_and_every_worked_example_shows_its_due_date()
    {
        foreach (var rule in Book.All)
        {
            var page = await manager.PageAsync($"/rules/{rule.Id}");
            var due = page.QuerySelectorAll("main p").Select(Text)
                .Count(p => p.StartsWith("Due ", StringComparison.Ordinal) || p.StartsWith("No due date", StringComparison.Ordinal));
            Assert.True(due >= rule.Examples.Sum(e => e.Expected.Count), rule.Id);
            Assert.True(page.Source.Text.Length < 100_000, rule.Id);
        }
    }

    [Fact]
    public async Task A_rule_says_what_starts_meets_and_stops_it_and_how_days_are_counted()
    {
        var page = await manager.PageAsync("/rules/cp-visit");
        Assert.Contains("Initial conference held (outcome: plan)", List(page, "starts"), StringComparison.Ordinal);
        Assert.Contains("Visit recorded (purpose: child protection; seen: yes)", List(page, "met-by"), StringComparison.Ordinal);
        Assert.Contains("The child protection plan ended.", List(page, "stops"), StringComparison.Ordinal);
        Assert.Contains("Due within 10 working days.", List(page, "counting"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worked_example_names_the_days_it_skipped()
    {
        var page = await manager.PageAsync("/rules/cla-review-first-20wd");
        Assert.Contains("25 Dec 2024 (Christmas Day)", Text(page.QuerySelector("main")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_only_local_is_never_passed_off_as_the_law()
    {
        var page = await manager.PageAsync("/rules/cin-visit");
        Assert.Contains("Local standard: not statutory", Text(page.QuerySelector("main")!), StringComparison.Ordinal);
        Assert.Contains("it is not statutory", Text(page.QuerySelector("main")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retired_editions_stay_listed()
    {
        var page = await manager.PageAsync("/rules/icpc-15wd");
        var editions = page.QuerySelectorAll("table")[^1].QuerySelectorAll("tbody tr").Select(Text).ToList();
        Assert.Contains(editions, row => row.StartsWith("Working Together 2013", StringComparison.Ordinal) && row.Contains("Retired", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rule_that_is_not_there_is_not_found() => Assert.Equal(HttpStatusCode.NotFound, (await manager.TryPageAsync("/rules/none")).Status);

    private static async Task<string> StandingAsync(Reader reader, string rule) =>
        Text((await reader.PageAsync("/rules?rows=all")).QuerySelectorAll("tbody tr")
            .Single(r => r.QuerySelector($"a[href='/rules/{rule}']") is not null)
            .QuerySelectorAll("td")[^1]);

    private static string List(IDocument page, string id) => Text(page.QuerySelector($"#{id}")!.NextElementSibling!);
}
