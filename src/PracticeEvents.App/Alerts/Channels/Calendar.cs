using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using PracticeEvents.App.Access;
using PracticeEvents.App.Alerts.Sending;
using PracticeEvents.App.Children;
using PracticeEvents.App.Process;
using PracticeEvents.App.Views;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Alerts.Channels;

/// <summary>Due dates and mid-points as a calendar to subscribe to (iCalendar, RFC 5545): all-day events, each with an identity that never changes.
/// What is done says so, and what is no longer asked for is cancelled rather than gone. A reference and a duty, never a name.</summary>
internal sealed class Calendar(
    NpgsqlDataSource source, StructureReader structures, ViewReader reader, ChildrenView children, ObligationsView obligations,
    AlertLinks links, TimeProvider time)
{
    /// <summary>What it is served as.</summary>
    public const string ContentType = "text/calendar; charset=utf-8";

    private const int FoldAt = 75;
    private const int DaysKept = 60;

    /// <summary>The calendar of a subscription: for <c>me</c> the children allocated to its owner, else those of its scope, all of them only as far
    /// as its owner may see them now.</summary>
    public async Task<byte[]> ReadAsync(Subscription s, CancellationToken ct)
    {
        var structure = await structures.ReadAsync(ct: ct);
        var viewer = Viewer.Of(SubscriberSight.PrincipalOf(s), structure);
        var scope = AlertScope.Of(s.Scope is "me" ? "watching" : s.Scope, viewer);
        var which = viewer.HasLeft ? [] : (await reader.RowsAsync(children, null, scope, null, ct)).Select(c => c.Child).ToList();
        var since = London.DateOf(time.GetUtcNow()).AddDays(-DaysKept);
        var part = new Part<ObligationRow>($"due is not null and (outcome = 'open' or due >= {since})", d => d.Due is { } due && (d.Outcome is Outcome.Open || due >= since));
        var duties = which.Count == 0 ? [] : await reader.RowsAsync(obligations, which, part, null, ct);
        return Write(s, duties, await ChangedAsync(which, ct));
    }

    private byte[] Write(Subscription s, IReadOnlyList<ObligationRow> duties, IReadOnlyDictionary<string, (long Version, DateTimeOffset At)> changed)
    {
        var lines = new List<string>
        {
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//PracticeEvents//Due dates//EN", "CALSCALE:GREGORIAN", $"NAME:{Escape(Name(s))}", $"X-WR-CALNAME:{Escape(Name(s))}",
            "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H",
        };
        foreach (var duty in duties.OrderBy(d => d.Due).ThenBy(d => d.Child, StringComparer.Ordinal).ThenBy(d => d.Rule, StringComparer.Ordinal).ThenBy(d => d.Occurrence))
        {
            var (version, at) = changed.GetValueOrDefault(duty.Child, (0, s.CreatedAt));
            lines.AddRange(
            [
                "BEGIN:VEVENT",
                $"UID:{IdOf(duty)}@practice-events",
                $"DTSTAMP:{at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}",
                string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{version}"),
                $"DTSTART;VALUE=DATE:{Day(duty.Due!.Value)}",
                $"DTEND;VALUE=DATE:{Day(duty.Due.Value.AddDays(1))}",
                $"SUMMARY:{Escape($"{Word(duty)}{duty.Title}, child {duty.Child}")}",
                $"STATUS:{(duty.Outcome is Outcome.Open or Outcome.Met ? "CONFIRMED" : "CANCELLED")}",
                "TRANSP:TRANSPARENT",
                "CLASS:CONFIDENTIAL",
                $"URL:{links.Child(duty.Child)}",
                "END:VEVENT",
            ]);
        }

        lines.Add("END:VCALENDAR");
        var text = new StringBuilder();
        lines.ForEach(line => Fold(text, line));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Name(Subscription s) => $"Due dates ({s.Scope})";

    private static string Word(ObligationRow duty) => duty.Outcome switch
    {
        Outcome.Open => "",
        Outcome.Met => duty.MetLate ? "Done late: " : "Done: ",
        _ => "No longer due: ",
    };

    private static string Day(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string IdOf(ObligationRow duty) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{duty.Child}\n{duty.Rule}\n{duty.Occurrence:N}")))[..32];

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
        .Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    // A line is no longer than 75 octets, and no character is torn apart.
    private static void Fold(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > FoldAt)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }

    // What is recorded of a child only grows, so that its count is a sequence for everything that follows from it.
    private async Task<IReadOnlyDictionary<string, (long Version, DateTimeOffset At)>> ChangedAsync(IReadOnlyCollection<string> which, CancellationToken ct)
    {
        await using var command = source.CreateCommand("select substring(id from 7), version, timestamp from public.mt_streams where id = any($1)");
        command.Parameters.AddWithValue(which.Select(ChildPicture.StreamOf).ToArray());
        await using var rows = await command.ExecuteReaderAsync(ct);
        var changed = new Dictionary<string, (long, DateTimeOffset)>(StringComparer.Ordinal);
        while (await rows.ReadAsync(ct))
        {
            changed[rows.GetString(0)] = (rows.GetInt64(1), rows.GetFieldValue<DateTimeOffset>(2));
        }

        return changed;
    }
}
