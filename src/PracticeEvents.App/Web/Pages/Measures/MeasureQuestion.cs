using Microsoft.AspNetCore.Mvc.ModelBinding;
using PracticeEvents.App.Api;
using PracticeEvents.App.Measuring;
using PracticeEvents.App.Web.TagHelpers;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain;

namespace PracticeEvents.App.Web.Pages.MeasurePages;

/// <summary>What a reader asks of measures, as the address has it. What cannot be read is said beside its field, and has its default.</summary>
internal sealed record MeasureQuestion(Period Period, string? Team, DateTimeOffset? AsAt, IReadOnlyList<AppliedFilter> Applied)
{
    /// <summary>Reads it from an address.</summary>
    public static MeasureQuestion From(IQueryCollection query, ModelStateDictionary problems, TimeProvider time, int monthsBefore)
    {
        var asAt = Api.AsAt.OfPage(query, problems);

        if (PeriodAsked.TryParse(query["from"], query["to"], out var asked) is not null)
        {
            asked = default;
            problems.AddModelError("from", "Enter two dates as year, month and day, such as 2026-03-17, the first not after the last");
        }

        var team = query["team"].ToString() is { Length: > 0 } one ? one : null;
        return new(asked.Or(London.DateOf(asAt.Or(time)), monthsBefore), team, asAt.Instant, [.. Words(query, team, asked, asAt)]);
    }

    private static IEnumerable<AppliedFilter> Words(IQueryCollection query, string? team, PeriodAsked asked, AsAt asAt)
    {
        if (asked.From is { } from)
        {
            yield return new("from", query["from"].ToString(), $"From {Dates.Short(from)}");
        }

        if (asked.To is { } to)
        {
            yield return new("to", query["to"].ToString(), $"To {Dates.Short(to)}");
        }

        if (team is not null)
        {
            yield return new("team", team, $"Team {team}");
        }

        if (asAt.Instant is { } instant)
        {
            yield return new("asAt", query["asAt"].ToString(), $"As reported on {Dates.Short(London.DateOf(instant))}");
        }
    }
}
