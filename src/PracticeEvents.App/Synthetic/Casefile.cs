using System.Globalization;

namespace PracticeEvents.App.Synthetic;

/// <summary>Where the events of one family (or of the structure) are written as they happen. Decides when each is recorded, and leaves
/// out what is
/// not recorded by now.</summary>
internal sealed class Casefile(Setting setting, string name, SplitMix random)
{
    private readonly Lateness lateness = new(setting.Diary, random);
    private int written;

    /// <summary>What has been written, not in order.</summary>
    public List<Draft> Drafts { get; } = [];

    /// <summary>The family's own luck.</summary>
    public SplitMix Random => random;

    /// <summary>A new reference for an assessment, plan, conference or order of this family.</summary>
    public string Reference(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}-{kind}{number}");

    /// <summary>Writes an event about a child that may be recorded late.</summary>
    /// <returns>The event's id.</returns>
    public string Add(string type, string? child, Moment when, string? by = null, string? reference = null,
        params ReadOnlySpan<(string Name, object Value)> more) =>
        Put(type, child, when, by, reference, more, mayBeLate: true);

    /// <summary>Writes an event that the case system itself makes, and that is therefore recorded at once.</summary>
    /// <returns>The event's id.</returns>
    public string AddAtOnce(string type, string? child, Moment when, string? by = null, string? reference = null,
        params ReadOnlySpan<(string Name, object Value)> more) =>
        Put(type, child, when, by, reference, more, mayBeLate: false);

    private string Put(string type, string? child, Moment when, string? by, string? reference, ReadOnlySpan<(string Name,
        object Value)> more, bool mayBeLate)
    {
        var minute = when.Minute ?? random.Between(9 * 60, 16 * 60);
        var time = setting.Diary.At(when.Day, minute);
        var recorded = mayBeLate ? lateness.RecordedAfter(when.Day, time) : time.AddMinutes(1);
        var on = when.Exact ? time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) : setting.Diary.Write(when.Day);
        var members = new List<(string, object)>(4 + more.Length);
        AddGiven(members, "child", child);
        AddGiven(members, "by", by);
        AddGiven(members, "ref", reference);
        members.AddRange(more);
        var draft = new Draft(name, ++written, type, time, recorded, on, [.. members]);
        if (recorded <= setting.Now)
        {
            Drafts.Add(draft);
        }

        return draft.Id;
    }

    private static void AddGiven(List<(string, object)> members, string name, string? value)
    {
        if (value is not null)
        {
            members.Add((name, value));
        }
    }
}
