using Npgsql;
using PracticeEvents.App.Views;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Forecasts;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.App.Forecasting;

/// <summary>What became of the whole authority's duties of the last months, rule by rule. Worked out at most every quarter of an hour: a
/// morning's visits hardly move a year's shares.</summary>
internal sealed class PastRoundsReader(NpgsqlDataSource source, ViewReader reader, ObligationsView obligations, WorkingDays calendar, TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(15);

    private volatile Kept? kept;

    private sealed record Kept(DateTimeOffset At, IReadOnlyList<PastRound> Rounds, PastRounds Past);

    /// <summary>What the past says of each rule, from the duties due in the year before.</summary>
    public async Task<PastRounds> ReadAsync(DateTimeOffset? asAt, CancellationToken ct) => (await TakeAsync(asAt, ct)).Past;

    /// <summary>How forecasts of the last weeks came out.</summary>
    public async Task<IReadOnlyList<CalibrationBand>> CalibrateAsync(DateTimeOffset? asAt, CancellationToken ct) =>
        Calibration.Of((await TakeAsync(asAt, ct)).Rounds, calendar, London.DateOf(asAt ?? time.GetUtcNow()));

    private async Task<Kept> TakeAsync(DateTimeOffset? asAt, CancellationToken ct)
    {
        if (asAt is { } instant)
        {
            return Keep(instant, await AsAtAsync(instant, ct));
        }

        var now = time.GetUtcNow();
        if (kept is { } fresh && fresh.At <= now && now < fresh.At + KeptFor && London.DateOf(fresh.At) == London.DateOf(now))
        {
            return fresh;
        }

        return kept = Keep(now, await LiveAsync(now, ct));
    }

    private static Kept Keep(DateTimeOffset at, IReadOnlyList<PastRound> rounds)
    {
        var from = London.DateOf(at).AddDays(-Calibration.LearnsFrom);
        return new Kept(at, rounds, new PastRounds(rounds.Where(r => r.Due >= from)));
    }

    private async Task<List<PastRound>> LiveAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            select rule, due, met_on, outcome = 'open' or met_late, count(*)::int
            from practice.obligations where due >= $1 and due < $2 and (outcome = 'met' or (outcome = 'open' and late_from <= $3))
            group by 1, 2, 3, 4
            """);
        var (from, to) = Period(now);
        command.Parameters.AddWithValue(from);
        command.Parameters.AddWithValue(to);
        command.Parameters.AddWithValue(now.ToUniversalTime());
        await using var rows = await command.ExecuteReaderAsync(ct);
        var rounds = new List<PastRound>();
        while (await rows.ReadAsync(ct))
        {
            var met = await rows.IsDBNullAsync(2, ct) ? (DateOnly?)null : rows.GetFieldValue<DateOnly>(2);
            rounds.Add(PastRound.Of(rows.GetString(0), rows.GetFieldValue<DateOnly>(1), met, rows.GetBoolean(3), calendar, rows.GetInt32(4)));
        }

        return rounds;
    }

    private async Task<List<PastRound>> AsAtAsync(DateTimeOffset instant, CancellationToken ct)
    {
        var (from, to) = Period(instant);
        bool Past(ObligationRow d) => d.Due >= from && d.Due < to && (d.Outcome is Outcome.Met || (d.Outcome is Outcome.Open && d.LateFrom <= instant));
        var duties = await reader.RowsAsync(obligations, null, Part<ObligationRow>.Whole with { Holds = Past }, instant, ct);
        return [.. duties.Select(d => PastRound.Of(d.Rule, d.Due!.Value, d.MetOn, d.Outcome is Outcome.Open || d.MetLate, calendar))];
    }

    // Today's duties are not past.
    private static (DateOnly From, DateOnly To) Period(DateTimeOffset now) =>
        London.DateOf(now) is var today ? (today.AddDays(-Calibration.LearnsFrom - (7 * (Calibration.Weeks + 1))), today) : default;
}
