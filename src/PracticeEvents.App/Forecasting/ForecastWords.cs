using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain.Forecasts;

namespace PracticeEvents.App.Forecasting;

/// <summary>A forecast in sentences.</summary>
internal static class ForecastWords
{
    /// <summary>Why a duty is at risk, a sentence each; nothing when it is not.</summary>
    public static IEnumerable<string> Risks(DueDuty duty)
    {
        if (duty.Duty.Worker is null)
        {
            yield return "Nobody is allocated.";
        }

        if (duty.NobodyIn)
        {
            yield return $"The worker is away on every working day until {Dates.Short(duty.Duty.Due)}, and nobody stands in.";
        }

        if (duty.Past is { AreHigh: true } past)
        {
            yield return Past(duty.ToGo, past);
        }
    }

    /// <summary>"Of 64 that were open with 3 working days to go, 30 were late (last 12 months)."</summary>
    public static string Past(int toGo, Odds past) =>
        $"Of {past.Of:N0} that were open {(toGo == 0 ? "on the last day" : $"with {Counts.Of(toGo, "working day")} to go")}, "
        + $"{past.Late:N0} {(past.Late == 1 ? "was" : "were")} late (last 12 months).";

    /// <summary>What collides on a day, a sentence; nothing when nothing does.</summary>
    public static string? Clash(DayAhead day, Func<string, string> name) => (day.Clashes, day.Away) switch
    {
        (false, _) => null,
        (_, { IsForGood: true }) => $"{Counts.Of(day.Due, "duty", "duties")} of somebody who has left.",
        (_, { Cover: { } cover }) => $"{Counts.Of(day.Due, "duty", "duties")} while away; {name(cover)} stands in.",
        (_, { }) => $"{Counts.Of(day.Due, "duty", "duties")} while away, and nobody stands in.",
        _ => $"{Counts.Of(day.Due, "duty", "duties")} on one day.",
    };
}
