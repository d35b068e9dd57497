using System.Globalization;
using System.Text.Json.Serialization;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Alerts.Sending;

/// <summary>When somebody asks to be sent what is for them, as they write it: London times such as <c>08:00</c>.</summary>
/// <param name="DailyAt">Time of the one message a day; straight away when not given.</param>
/// <param name="QuietFrom">From when nothing is sent; together with the next.</param>
/// <param name="QuietTo">Until when.</param>
/// <param name="EvenInQuiet">Stages that come in quiet hours all the same.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record TimesAsked(string? DailyAt = null, string? QuietFrom = null, string? QuietTo = null, IReadOnlyList<AlertStage>? EvenInQuiet = null)
{
    /// <summary>As they are written.</summary>
    public static TimesAsked Of(SendingTimes times) => new(Write(times.Daily), Write(times.Quiet?.From), Write(times.Quiet?.To), times.EvenThen);

    /// <summary>Reads them, or says in a sentence what is wrong.</summary>
    public string? TryRead(out SendingTimes times)
    {
        times = SendingTimes.AtOnce;
        if (!Read(DailyAt, out var daily) || !Read(QuietFrom, out var from) || !Read(QuietTo, out var to))
        {
            return "dailyAt, quietFrom and quietTo must be times of day, such as 08:00.";
        }

        if (from is null != to is null || (from is not null && from == to))
        {
            return "quietFrom and quietTo belong together, and differ.";
        }

        if (daily is not null && (from is not null || EvenInQuiet is { Count: > 0 }))
        {
            return "With one message a day there are no quiet hours: leave quietFrom, quietTo and evenInQuiet empty.";
        }

        times = new SendingTimes(daily, from is { } first ? new QuietHours(first, to!.Value) : null, [.. (EvenInQuiet ?? []).Distinct()]);
        return null;
    }

    private static string? Write(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static bool Read(string? text, out TimeOnly? time)
    {
        time = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        var read = TimeOnly.TryParseExact(text.Trim(), ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var told);
        time = told;
        return read;
    }
}
