using Npgsql;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;
using Period = PracticeEvents.App.Measuring.Period;

namespace PracticeEvents.App.Alerts;

/// <summary>What became of the alerts of one rule. Shares are of all that were raised, and not said of fewer than <see cref="Usefulness.Fewest"/>.</summary>
/// <param name="Rule">Rule id.</param>
/// <param name="Title">What the duty is called.</param>
/// <param name="Owner">Role that looks after the rule.</param>
/// <param name="Raised">How many alerts were raised in the period; those of loaded histories, of which nobody was told, are left out.</param>
/// <param name="Open">How many of them still ask for something.</param>
/// <param name="ActedOn">How many somebody took on or read, or were settled by the practice event that they asked for.</param>
/// <param name="Withdrawn">How many were withdrawn: the ground for them fell away, or somebody else was told. Those that were passed on are not among them.</param>
/// <param name="NotRight">Of how many somebody said that they are not right.</param>
/// <param name="ActedOnShare">Share, between 0 and 1.</param>
/// <param name="WithdrawnShare">Share, between 0 and 1.</param>
/// <param name="DaysToSettle">Calendar days from raised to settled, the middle of those that were; nothing when none was.</param>
internal sealed record RuleUse(
    string Rule, string Title, Role Owner, int Raised, int Open, int ActedOn, int Withdrawn, int NotRight, double? ActedOnShare, double? WithdrawnShare, double? DaysToSettle);

/// <summary>How useful the alerts of each rule are to those who get them: an alert that is often withdrawn, or that nobody acts on, teaches people to
/// look away from all of them.</summary>
internal sealed class Usefulness(NpgsqlDataSource source, RuleBook rules)
{
    /// <summary>The fewest alerts of which shares are said.</summary>
    public const int Fewest = 10;

    private const string Sql = """
        with raised as (
            select a.id, a.rule, a.status, a.passed_to, a.acknowledged_at, a.raised_at, a.position
            from practice.alerts a join public.mt_events r on r.stream_id = 'alert-' || a.id and r.version = 1
            where a.raised_at >= $1 and a.raised_at < $2 and a.rule <> $3 and r.data ->> 'load' is null
        ), wrong as (
            select distinct q.data ->> 'alert' as id from public.mt_events q where q.type = $4 and q.timestamp >= $1
        )
        select a.rule, count(*)::int, (count(*) filter (where a.status in ('open', 'acknowledged')))::int,
            (count(*) filter (where a.status = 'settled' or a.acknowledged_at is not null))::int,
            (count(*) filter (where a.status = 'withdrawn' and a.passed_to is null))::int, count(w.id)::int,
            percentile_cont(0.5) within group (order by extract(epoch from e.timestamp - a.raised_at) / 86400)
        from raised a
        left join wrong w on w.id = a.id
        left join public.mt_events e on e.seq_id = a.position and e.type = $5
        group by a.rule
        """;

    /// <summary>What became of the alerts that were raised in a period, the least useful rule first: by the share withdrawn, then by the share that
    /// nobody acted on; those with too few to say come last.</summary>
    public async Task<IReadOnlyList<RuleUse>> OfAsync(Period period, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Sql);
        command.Parameters.AddWithValue(London.StartOf(period.From).ToUniversalTime());
        command.Parameters.AddWithValue(London.StartOf(period.To.AddDays(1)).ToUniversalTime());
        command.Parameters.AddWithValue(UncoveredDuties.Rule);
        command.Parameters.AddWithValue(EventCatalogue.Kind<AlertQuestioned>().Alias);
        command.Parameters.AddWithValue(EventCatalogue.Kind<AlertSettled>().Alias);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var uses = new List<RuleUse>();
        while (await reader.ReadAsync(ct))
        {
            if (rules.Find(reader.GetString(0)) is { } rule)
            {
                uses.Add(Of(rule, reader));
            }
        }

        return [.. uses.OrderBy(u => u.Raised < Fewest).ThenByDescending(u => u.WithdrawnShare).ThenBy(u => u.ActedOnShare).ThenBy(u => u.Rule, StringComparer.Ordinal)];
    }

    private static RuleUse Of(Rule rule, NpgsqlDataReader reader)
    {
        var raised = reader.GetInt32(1);
        double? Share(int count) => raised < Fewest ? null : Math.Round(count / (double)raised, 3);
        return new RuleUse(
            rule.Id, rule.Title, rule.Owner, raised, reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5),
            Share(reader.GetInt32(3)), Share(reader.GetInt32(4)),
            reader.IsDBNull(6) ? null : Math.Round(reader.GetDouble(6), 1));
    }
}
