using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Measures;
using PracticeEvents.Domain.Tests.Histories;
using PracticeEvents.Domain.Tests.Rules;
using PracticeEvents.Domain.Timescales;

namespace PracticeEvents.Domain.Tests.Measures;

/// <summary>Tells a child's story and gives the cases of a measure in words.</summary>
internal static class Measure
{
    public const string Child = Facts.Child;

    /// <summary>The cases, as "from to on: value hit", in order.</summary>
    public static IReadOnlyList<string> Cases(string id, params PracticeEvent[] story) => Cases(id, Told(story));

    public static IReadOnlyList<string> Cases(string id, IReadOnlyList<Fact> told)
    {
        var history = History.Of(told);
        var measure = (IChildMeasure)MeasureCatalogue.Find(id)!;
        return [.. measure.Cases(history, Facts.Duties(told), RuleFiles.Calendar).OrderBy(c => c.From).ThenBy(c => c.Part, StringComparer.Ordinal).Select(Words)];
    }

    public static IReadOnlyList<string> OfStaff(string id, DateOnly through, params PracticeEvent[] story) =>
        [.. ((IStaffMeasure)MeasureCatalogue.Find(id)!).Cases(new StaffRecord(Told(story)), through).Select(c => $"{c.Team} {Words(c.Case)}")];

    public static string Words(MeasuredCase one)
    {
        var on = one.On is { } date ? $"{date:yyyy-MM-dd}" : "open";
        var what = one.NotRecorded is not null ? "not recorded" : one.Value is { } value ? $"{value}" : one.Hit switch { true => "yes", false => "no", _ => "" };
        return $"{one.From:yyyy-MM-dd} to {on} {what}".TrimEnd();
    }

    public static IReadOnlyList<Fact> Told(params PracticeEvent[] story) =>
        [.. story.Select((e, n) => Facts.Of(e, "/cms", $"e{n}", new DateTimeOffset(2027, 1, 1, 9, 0, 0, TimeSpan.Zero), n + 1))];

    public static Happened On(string date) => new(DateOnly.ParseExact(date, "yyyy-MM-dd"));
}
