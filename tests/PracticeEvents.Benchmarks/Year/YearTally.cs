using PracticeEvents.App.Alerts.Sending;
using PracticeEvents.App.Hosting;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Domain;
using PracticeEvents.Domain.Alerts;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.Benchmarks.Year;

/// <summary>What one role was told in the year.</summary>
/// <param name="Role">The role.</param>
/// <param name="People">How many people were told in it.</param>
/// <param name="Words">How often they were told something: an alert raised, or at another stage or due date.</param>
/// <param name="PerPersonDay">On a working day, by person: the mean, the most that 95 in 100 of the days of all people have, and the most of all.</param>
/// <param name="Messages">In how many messages all that would have gone out.</param>
/// <param name="MessagesPerPersonDay">The mean by person and working day.</param>
/// <param name="MustNotWait">How many of the words must not wait.</param>
/// <param name="OverBudget">How many waited for the next morning because the role's budget of the day was used up.</param>
/// <param name="Quiet">How many came in quiet hours and went out when they ended.</param>
internal sealed record RoleYear(
    Role Role, int People, int Words, (double Mean, int Of95, int Most) PerPersonDay, int Messages, double MessagesPerPersonDay,
    int MustNotWait, int OverBudget, int Quiet);

/// <summary>What became of the decisions that must be known at once.</summary>
internal sealed record NoticesYear(int Told, int Read, int InTime, int WentUp, int Withdrawn, int Unread);

/// <summary>What people were told in the year.</summary>
/// <param name="Roles">By role.</param>
/// <param name="Days">Working days.</param>
/// <param name="Repeats">How many words said what the same person had been told before: of the same duty, the same stage and due date.</param>
/// <param name="Why">How the alert had ended before it was said again, the most frequent first.</param>
/// <param name="Delayed">How many words that must not wait would have gone out later than they were said.</param>
/// <param name="SaidLate">How many alerts were raised later than they should have been.</param>
/// <param name="Uncovered">Duties for which nobody could be reached: raised, and still open at the end.</param>
/// <param name="Notices">Decisions that must be known at once.</param>
/// <param name="Siblings">How many words shared a message with those about brothers and sisters.</param>
/// <param name="Acts">What people said, and how often it was over by then.</param>
internal sealed record YearTally(
    IReadOnlyList<RoleYear> Roles, int Days, int Repeats, IReadOnlyList<(string Why, int Count)> Why, int Delayed, int SaidLate,
    (int Raised, int Open) Uncovered, NoticesYear Notices, int Siblings, (int Said, int Refused) Acts)
{
    /// <summary>The quiet hours that everybody is taken to have chosen.</summary>
    public static SendingTimes Times { get; } = new(null, new QuietHours(new(19, 0), new(7, 0)), []);

    private sealed record Line(Word Word, string To, string Due, bool IsLate);

    public static async Task<YearTally> OfAsync(Fresh database, DateTimeOffset begins, DateTimeOffset ends, Office office)
    {
        var rules = RulePack.Read(RulePack.Shipped);
        var lines = await LinesAsync(database, begins, ends, rules);
        var days = rules.Calendar.Between(London.DateOf(begins), London.DateOf(ends));
        var planned = new List<(Line Line, PlannedWord Planned)>();
        var messages = new List<(Role Role, int Words, bool AreSiblings)>();
        foreach (var person in lines.GroupBy(l => l.To))
        {
            var plan = new MessagePlan(Times, _ => Budgets.Usual);
            var theirs = person.Select(l => (l, plan.Plan(l.Word))).ToList();
            planned.AddRange(theirs);
            messages.AddRange(MessagePlan.Messages(theirs.Select(t => t.Item2)).Select(m => (m[0].Word.Role, m.Count, m[0].Why is Held.No)));
        }

        return new(
            [.. planned.GroupBy(p => p.Planned.Word.Role).OrderBy(g => g.Key).Select(g => Of(g.Key, [.. g], messages.Count(m => m.Role == g.Key), days, rules))],
            days,
            lines.GroupBy(l => (l.Word.Alert, l.Word.Stage, l.Due)).Sum(g => g.Count() - 1),
            await WhyAsync(database, begins),
            planned.Count(p => p.Planned.Word.MustNotWait && p.Planned.At > p.Planned.Word.At),
            lines.Count(l => l.IsLate),
            await UncoveredAsync(database, begins),
            await NoticesAsync(database, begins, rules),
            messages.Where(m => m.AreSiblings && m.Words > 1).Sum(m => m.Words),
            office.Done);
    }

    private static RoleYear Of(Role role, IReadOnlyList<(Line Line, PlannedWord Planned)> told, int messages, int days, RuleBook rules)
    {
        var people = told.Select(t => t.Line.To).Distinct().Count();
        var counts = told.GroupBy(t => (t.Line.To, London.DateOf(t.Line.Word.At))).Select(g => g.Count()).Order().ToList();
        var personDays = people * days;
        var zeros = Math.Max(0, personDays - counts.Count);
        var at95 = (int)(personDays * 0.95) - zeros;
        return new RoleYear(
            role, people, told.Count,
            ((double)told.Count / personDays, at95 <= 0 ? 0 : counts[Math.Min(at95, counts.Count - 1)], counts[^1]),
            messages, (double)messages / personDays,
            told.Count(t => t.Planned.Word.MustNotWait), told.Count(t => t.Planned.Why is Held.Budget), told.Count(t => t.Planned.Why is Held.Quiet));
    }

    private static async Task<List<Line>> LinesAsync(Fresh database, DateTimeOffset begins, DateTimeOffset ends, RuleBook rules)
    {
        await using var command = database.Source.CreateCommand("""
            select e.timestamp, a.id, a.child, c.family, a.rule, e.data ->> 'stage', a.role, a.recipient, e.data ->> 'due', e.data ->> 'saidLate'
            from public.mt_events e join practice.alerts a on a.id = e.data ->> 'alert' left join practice.children c on c.child = a.child
            where e.type in ('alert_raised', 'alert_stage_reached') and e.data ->> 'load' is null and e.timestamp >= $1 and e.timestamp < $2
            order by e.seq_id
            """);
        command.Parameters.AddWithValue(begins.ToUniversalTime());
        command.Parameters.AddWithValue(ends.ToUniversalTime());
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<Line>();
        while (await reader.ReadAsync())
        {
            var stage = Enum.Parse<AlertStage>(reader.GetString(5).Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
            var word = new Word(
                reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetString(4), stage,
                App.Access.Roles.Parse(reader.GetString(6))!.Value, Urgency.MustNotWait(stage, reader.GetString(4), rules));
            lines.Add(new(word, reader.GetString(7), reader.GetString(8), !reader.IsDBNull(9)));
        }

        return lines;
    }

    // The event before one that says the same again.
    private static async Task<IReadOnlyList<(string Why, int Count)>> WhyAsync(Fresh database, DateTimeOffset begins)
    {
        await using var command = database.Source.CreateCommand("""
            with said as (
                select e.stream_id, e.version, e.data ->> 'stage' as stage, e.data ->> 'due' as due,
                    row_number() over (partition by e.stream_id, e.data ->> 'stage', e.data ->> 'due' order by e.version) as n
                from public.mt_events e where e.type in ('alert_raised', 'alert_stage_reached') and e.data ->> 'load' is null and e.timestamp >= $1)
            select coalesce(b.data -> 'because' ->> 0, b.type), count(*)::int
            from said s left join lateral (
                select p.type, p.data from public.mt_events p where p.stream_id = s.stream_id and p.version < s.version and p.type in ('alert_withdrawn', 'alert_settled', 'alert_reassigned', 'alert_stage_reached')
                order by p.version desc limit 1) b on true
            where s.n > 1 group by 1 order by 2 desc, 1 limit 8
            """);
        command.Parameters.AddWithValue(begins.ToUniversalTime());
        await using var reader = await command.ExecuteReaderAsync();
        var why = new List<(string, int)>();
        while (await reader.ReadAsync())
        {
            why.Add((reader.IsDBNull(0) ? "" : reader.GetString(0), reader.GetInt32(1)));
        }

        return why;
    }

    private static async Task<(int Raised, int Open)> UncoveredAsync(Fresh database, DateTimeOffset begins) => (
        await database.ScalarAsync<int>(
            "select count(*)::int from public.mt_events "
            + "where type = 'alert_raised' and data ->> 'rule' = $1 and data ->> 'load' is null and timestamp >= $2",
            UncoveredDuties.Rule,
            begins.UtcDateTime),
        await database.ScalarAsync<int>(
            "select count(*)::int from practice.alerts where rule = $1 and status in ('open', 'acknowledged') and raised_at >= $2",
            UncoveredDuties.Rule,
            begins.UtcDateTime));

    private static async Task<NoticesYear> NoticesAsync(Fresh database, DateTimeOffset begins, RuleBook rules)
    {
        await using var command = database.Source.CreateCommand("""
            select a.status, a.raised_at, r.timestamp, exists (select from public.mt_events s where s.stream_id = 'alert-' || a.id and s.data ->> 'stage' = 'escalated'), e.data ->> 'stage'
            from practice.alerts a
            join public.mt_events e on e.stream_id = 'alert-' || a.id and e.version = 1
            left join lateral (select x.timestamp from public.mt_events x where x.stream_id = 'alert-' || a.id and x.type = 'alert_settled' order by x.version limit 1) r on true
            where a.rule = any($1) and e.data ->> 'load' is null and a.raised_at >= $2
            """);
        command.Parameters.AddWithValue(rules.All.Where(r => r.IsNotice).Select(r => r.Id).ToArray());
        command.Parameters.AddWithValue(begins.ToUniversalTime());
        await using var reader = await command.ExecuteReaderAsync();
        var (told, read, inTime, wentUp, withdrawn, unread) = (0, 0, 0, 0, 0, 0);
        while (await reader.ReadAsync())
        {
            wentUp += reader.GetString(4) == "escalated" ? 1 : 0;
            if (reader.GetString(4) != "to_know")
            {
                continue;
            }

            told++;
            withdrawn += reader.GetString(0) == "withdrawn" ? 1 : 0;
            unread += reader.GetString(0) is "open" or "acknowledged" ? 1 : 0;
            if (!reader.IsDBNull(2))
            {
                read++;
                inTime += rules.Calendar.Between(London.DateOf(reader.GetFieldValue<DateTimeOffset>(1)), London.DateOf(reader.GetFieldValue<DateTimeOffset>(2))) <= 1 ? 1 : 0;
            }
        }

        return new(told, read, inTime, wentUp, withdrawn, unread);
    }
}
