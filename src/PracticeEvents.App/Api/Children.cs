using System.Security.Claims;
using PracticeEvents.App.Access;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Api;

/// <summary><c>/api/children/{child}</c>: duties, timeline, and why a rule does or does not apply.</summary>
internal static class Children
{
    public static void MapChildren(this IEndpointRouteBuilder api)
    {
        var children = api.MapGroup("/children/{child}");
        children.MapGet("/obligations", Obligations).WithName("ReadObligations").WithSummary("Every duty of a child, with the steps of its calculation")
            .Produces<IReadOnlyList<ObligationJson>>().ProducesProblem(403).ProducesProblem(404);
        children.MapGet("/timeline", Timeline).WithName("ReadTimeline").WithSummary("Facts and deadlines of a child in one order")
            .Produces<IReadOnlyList<TimelineEntry>>().ProducesProblem(403).ProducesProblem(404);
        children.MapGet("/why", Why).WithName("WhyRule").WithSummary("Why a rule does or does not apply to a child")
            .Produces<WhyRuleJson>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
    }

    private static Task<IResult> Obligations(
        string child, AsAt asAt, HttpRequest request, ClaimsPrincipal user, ChildAccess access, ViewReader reader, TimeProvider time, CancellationToken ct) =>
        OfChild(child, asAt, "obligations", user, access, reader, picture => Answer.List(
            request, [.. picture.Duties.Where(d => !d.Edition.IsNotice).Select(d => ObligationJson.Of(d, asAt.Or(time)))], $"{child}-obligations"), ct);

    private static Task<IResult> Timeline(
        string child, AsAt asAt, HttpRequest request, ClaimsPrincipal user, ChildAccess access, ViewReader reader, TimeProvider time, CancellationToken ct) =>
        OfChild(child, asAt, "timeline", user, access, reader, picture => Answer.List(request, TimelineView.Of(picture, asAt.Or(time)), $"{child}-timeline"), ct);

    private static Task<IResult> Why(
        string child, string? rule, AsAt asAt, ClaimsPrincipal user, ChildAccess access, ViewReader reader, RuleBook rules, TimeProvider time, CancellationToken ct) =>
        rule is null || rules.Find(rule) is not { } known
            ? Task.FromResult(Results.Problem($"Say which rule: ?rule=ID. There is no rule \"{rule}\".", statusCode: 400, title: "Which rule?"))
            : OfChild(child, asAt, "why", user, access, reader, picture => Results.Json(WhyRuleJson.Of(known, picture, rules, asAt.Or(time)), ApiJson.Options), ct);

    private static async Task<IResult> OfChild(
        string child, AsAt asAt, string what, ClaimsPrincipal user, ChildAccess access, ViewReader reader, Func<ChildPicture, IResult> answer, CancellationToken ct)
    {
        var (seen, exists) = await access.LookAsync(user, child, what, ct);
        if (seen is null)
        {
            return ChildAccess.Refused(exists, child);
        }

        return await reader.PictureAsync(child, asAt.Instant, ct) is { } picture ? answer(picture) : Results.Json(Array.Empty<object>(), ApiJson.Options);
    }
}
