using System.Globalization;
using System.Text;
using PracticeEvents.App.Alerts.Sending;
using PracticeEvents.App.Web.Pages.RulePages;

namespace PracticeEvents.Benchmarks.Year;

/// <summary>Writes the page of the year.</summary>
internal static class YearPage
{
    private const string Rest = "<!-- what follows stays when the tables above are made anew -->";

    private static readonly string File = Path.Combine("docs", "a-year-of-alerts.md");

    public static async Task WriteAsync(YearTally year, int children, int events, string machine)
    {
        var words = year.Roles.Sum(r => r.Words);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # A year of alerts

            Written by `make year`: an invented authority with {children:N0} open children (seed 20) lives from 1 November 2025 to 31 October 2026 by a rehearsal's clock. The year before is loaded as
            history; then {events:N0} events come one after the other when they were recorded, to the service as it runs at a council, with every rule of the catalogue. On the morning of each working day
            {Office.Reads / 10.0:0} in 100 of what is to know is read, and {Office.TakesOn / 10.0:0} in 100 of what is overdue is taken on: both are this page's own choice, no published figure says. Everybody is taken to want messages straight away, with quiet
            hours from 19:00 to 07:00, and each role's budget is the usual {Budgets.Usual} a day.

            {machine}

            ## What each role is told

            "Told" is an alert raised, or one that reached another stage or due date. Means are by person and working day, of which the year had {year.Days}.

            | role | people | told | a day: mean | 95 in 100 days | most | messages | a day: mean | must not wait | over budget | held over quiet hours |
            |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|

            """);
        foreach (var r in year.Roles)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {RuleWords.Role(r.Role)} | {r.People:N0} | {r.Words:N0} | {r.PerPersonDay.Mean:0.00} | {r.PerPersonDay.Of95} | {r.PerPersonDay.Most} | {r.Messages:N0} | {r.MessagesPerPersonDay:0.00} | {r.MustNotWait:N0} | {r.OverBudget:N0} | {r.Quiet:N0} |\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"""

            ## What is asked of it

            | asked | found |
            |---|---|
            | Repeats: the same person told again of the same duty at the same stage and due date, at most 5 in 100 | {year.Repeats:N0} of {words:N0}, {year.Repeats * 100.0 / words:0.00} in 100 |
            | A breach of the law or a decision to know held back by budget or quiet hours: none | {year.Delayed:N0} of {year.Roles.Sum(r => r.MustNotWait):N0} |
            | Alerts raised later than they should have been | {year.SaidLate:N0} |
            | Over budget, sent the next morning | {year.Roles.Sum(r => r.OverBudget):N0} of {words:N0} |
            | Brothers and sisters: words that shared a message | {year.Siblings:N0} |
            | Duties for which nobody could be reached: raised, open at the end | {year.Uncovered.Raised:N0}, {year.Uncovered.Open:N0} |
            | Decisions to know: told | {year.Notices.Told:N0} |
            | … read, each with who and when | {year.Notices.Read:N0}, {year.Notices.InTime:N0} of them within a working day |
            | … went up a level unread | {year.Notices.WentUp:N0} alerts |
            | … withdrawn, still unread at the end | {year.Notices.Withdrawn:N0}, {year.Notices.Unread:N0} |
            | What people said to alerts; over by then | {year.Acts.Said:N0}; {year.Acts.Refused:N0} |

            How the alert had ended that was said again:

            | ended | repeats |
            |---|---:|

            """);
        foreach (var (why, count) in year.Why)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {why} | {count:N0} |\n");
        }

        var before = System.IO.File.Exists(File) ? await System.IO.File.ReadAllTextAsync(File) : "";
        page.Append('\n').Append(before.IndexOf(Rest, StringComparison.Ordinal) is >= 0 and var rest ? before[rest..] : Rest + "\n");
        await System.IO.File.WriteAllTextAsync(File, page.ToString().ReplaceLineEndings("\n"));
        Console.Error.WriteLine($"written to {File}");
    }
}
