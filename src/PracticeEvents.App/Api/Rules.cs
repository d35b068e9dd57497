using PracticeEvents.App.Alerts;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Api;

/// <summary><c>/api/rules</c>: the catalogue with sources, editions and examples.</summary>
internal static class RulesApi
{
    /// <summary>How many months before this one are looked at where nothing else is asked.</summary>
    public const int UsefulnessMonths = 3;

    public static void MapRules(this IEndpointRouteBuilder api)
    {
        api.MapGet("/rules", (HttpRequest request, RuleBook rules) => Answer.List(request, [.. rules.All.OrderBy(r => r.Area).ThenBy(r => r.Id).Select(RuleJson.Of)], "rules"))
            .WithName("ListRules").WithSummary("The catalogue of timescales").Produces<IReadOnlyList<RuleJson>>();
        api.MapGet("/rules/usefulness", async (HttpRequest request, Usefulness usefulness, PeriodAsked period, TimeProvider time, CancellationToken ct) =>
                Answer.List(request, await usefulness.OfAsync(period.Or(London.DateOf(time.GetUtcNow()), UsefulnessMonths), ct), "usefulness"))
            .WithName("ListUsefulness")
            .WithSummary("What became of the alerts of each rule, the least useful first: what a rule's owner should look at")
            .Produces<IReadOnlyList<RuleUse>>().ProducesProblem(400);
        api.MapGet("/rules/{id}", (string id, RuleBook rules) => rules.Find(id) is { } rule
                ? Results.Text(rule.Json, "application/json; charset=utf-8")
                : Results.Problem($"There is no rule {id}.", statusCode: 404, title: "Not found"))
            .WithName("ReadRule").WithSummary("One rule as its file states it, with sources, editions and worked examples")
            .Produces(200, contentType: "application/json").ProducesProblem(404);
    }
}

/// <summary>A rule in the catalogue.</summary>
internal sealed record RuleJson(
    string Id, string Area, string Title, string Duty, RuleKind Kind, Confidence Confidence, string Edition, DateOnly InForceFrom, DateOnly? InForceTo, string Instrument,
    string Paragraph, Role Owner, DateOnly ReviewBy, int Examples)
{
    /// <summary>A rule with its newest edition.</summary>
    public static RuleJson Of(Rule rule)
    {
        var edition = rule.Editions[^1];
        return new RuleJson(
            rule.Id, rule.Area, rule.Title, rule.Duty, rule.Kind, rule.Confidence, edition.Name, edition.From, edition.To, edition.Source.Instrument, edition.Source.Paragraph,
            rule.Owner, rule.ReviewBy, rule.Examples.Count);
    }
}
