using Npgsql;
using PracticeEvents.App.Process;
using PracticeEvents.App.Web.Words;
using PracticeEvents.Domain.Rules;
using PracticeEvents.Domain.Timescales;
using PracticeEvents.Store;

namespace PracticeEvents.App.WhatIf;

/// <summary>An open duty that has another date under other rules or another calendar.</summary>
/// <param name="Child">The child.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Title">Its title.</param>
/// <param name="Before">When it is due now; nothing when there is no such duty now, or its date cannot be told.</param>
/// <param name="After">When it would be due; nothing when there would be no such duty, or its date could not be told.</param>
/// <param name="Because">Why, a sentence.</param>
internal sealed record MovedDuty(string Child, string Rule, string Title, string? Before, string? After, string Because);

/// <summary>Says which open duties would move if other rules or another calendar were in force. It changes nothing.</summary>
internal sealed class MovedDuties(NpgsqlDataSource source, EventStore store, RuleBook inUse)
{
    /// <summary>Every open duty that would move, and the names of the days that the calendars count differently.</summary>
    /// <param name="candidate">The rules with their calendar.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<(IReadOnlyList<MovedDuty> Moved, int Children, int NotRead)> OfAsync(RuleBook candidate, CancellationToken ct)
    {
        await new Feeds(source, store, candidate).LoadAsync(ct);
        var moved = new List<MovedDuty>();
        var (children, notRead) = (0, 0);
        await foreach (var stream in store.LoadAllStreamsAsync(ChildPicture.StreamPrefix, ct: ct))
        {
            children++;
            var child = stream[0].Stream[ChildPicture.StreamPrefix.Length..];
            try
            {
                var history = History.Of(RecordedFacts.Of(stream).Facts);
                moved.AddRange(Compare(child, Open(history, inUse), Open(history, candidate), candidate.Calendar));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                notRead++;
            }
        }

        return (
            [.. moved.OrderBy(m => m.After ?? m.Before, StringComparer.Ordinal)
                .ThenBy(m => m.Child, StringComparer.Ordinal).ThenBy(m => m.Rule, StringComparer.Ordinal)],
            children, notRead);
    }

    private static Dictionary<(string Rule, Guid Occurrence), Obligation> Open(History history, RuleBook rules) =>
        Obligations.For(history, rules).Where(d => d.Outcome is Outcome.Open && !d.Edition.IsNotice).ToDictionary(d => (d.Rule.Id, d.Occurrence));

    private IEnumerable<MovedDuty> Compare(
        string child, Dictionary<(string, Guid), Obligation> before, Dictionary<(string, Guid), Obligation> after, WorkingDays calendar)
    {
        foreach (var key in before.Keys.Union(after.Keys))
        {
            var (was, will) = (before.GetValueOrDefault(key), after.GetValueOrDefault(key));
            if (was is null || will is null || was.Due != will.Due)
            {
                var duty = (will ?? was)!;
                yield return new MovedDuty(
                    child, duty.Rule.Id, duty.Rule.Title, was?.Due?.ToString(), will?.Due?.ToString(),
                    was is null ? "It is not asked for now." : will is null ? "It would not be asked for any more." : Because(was, will, calendar));
            }
        }
    }

    private string Because(Obligation was, Obligation will, WorkingDays calendar)
    {
        var (from, to) = (was.StartedOn.Date, Max(was.Due?.Date, will.Due?.Date));
        var days = to is not { } last ? [] : Enumerable.Range(0, Math.Max(0, last.DayNumber - from.DayNumber + 1)).Select(from.AddDays)
            .Where(day => was.Calendar.IsWorkingDay(day) != will.Calendar.IsWorkingDay(day)).ToList();
        return days.Count == 0 || inUse.Calendar == calendar
            ? was.Rule.Json == will.Rule.Json && !inUse.Calendar.OfCouncil.TermEnds.SequenceEqual(calendar.OfCouncil.TermEnds)
                ? "The school terms end on other days."
                : "The rule differs."
            : string.Join(" ", days.Select(day => will.Calendar.WhyNot(day) is { } why
                ? $"{Dates.Short(day)} would not be counted: {why}."
                : $"{Dates.Short(day)} would be counted."));
    }

    private static DateOnly? Max(DateOnly? a, DateOnly? b) => a > b ? a : b ?? a;
}
