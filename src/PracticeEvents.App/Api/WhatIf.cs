using System.Security.Claims;
using System.Text.Json;
using PracticeEvents.App.Access;
using PracticeEvents.App.WhatIf;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Api;

/// <summary>What is asked of <c>/api/what-if</c>.</summary>
/// <param name="From">First London date of the period; nothing for a year before its end.</param>
/// <param name="To">Last London date of the period; nothing for today.</param>
/// <param name="AsReceived">True when a loaded history counts from when it was loaded, quietly; otherwise from when the case system recorded it.</param>
/// <param name="Changes">What is different, in the form of a pack's <c>changes.json</c>. Laid over the rules in use; neither an owner nor examples are asked for.</param>
internal sealed record WhatIfQuestion(DateOnly? From, DateOnly? To, bool AsReceived, JsonElement Changes);

/// <summary><c>/api/what-if</c>: candidate rules over a past period. Nothing is written and nobody is told.</summary>
internal static class WhatIfApi
{
    public static void MapWhatIf(this IEndpointRouteBuilder api) =>
        api.MapPost("/what-if", Ask).RequireRoleHeld(Role.Administrator, Role.HeadOfSafeguarding)
            .WithName("WhatIf")
            .WithSummary(
                "What other rules would have come to in a past period: alerts per role and week before and after, "
                + "children newly flagged, breaches seen earlier")
            .Produces<WhatIfJson>().ProducesProblem(400).ProducesProblem(403);

    private static async Task<IResult> Ask(
        WhatIfQuestion question, ClaimsPrincipal user, WhatIfRun run, ChildAccess access, RuleBook rules, TimeProvider time, CancellationToken ct)
    {
        var (period, problem) = WhatIfPeriod.Of(question.From, question.To, question.AsReceived, time.GetUtcNow());
        if (period is null)
        {
            return Results.Problem(problem, statusCode: 400, title: "Which period?");
        }

        if (question.Changes.ValueKind is not JsonValueKind.Array)
        {
            return Results.Problem(
                "Say what is different: {\"changes\": [{\"rule\": \"cp-visit\", \"from\": \"2025-01-01\", "
                + "\"because\": \"…\", \"within\": \"6 working days\"}]}.",
                statusCode: 400, title: "What is different?");
        }

        var candidate = Candidate.OfChanges(question.Changes, rules);
        if (candidate.Book is null)
        {
            return Results.Problem(
                string.Join(' ', candidate.Problems), statusCode: 400, title: "These rules cannot be used",
                extensions: [KeyValuePair.Create("problems", (object?)candidate.Problems)]);
        }

        var answer = await run.RunAsync(candidate.Book, period, null, ct);
        var seen = await access.SeenAsync(user, [.. answer.Named()], ct);
        return Results.Json(answer.Naming(seen.Select(c => c.Child).ToHashSet(StringComparer.Ordinal)), ApiJson.Options);
    }
}
