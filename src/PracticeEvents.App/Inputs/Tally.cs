namespace PracticeEvents.App.Inputs;

/// <summary>How many values of one name were read, and what became of each: taken and unchanged and refused add up to read.</summary>
internal readonly record struct TallyLine(int Taken, int Unchanged, int Refused)
{
    /// <summary>Values that were in the payload.</summary>
    public int Read => Taken + Unchanged + Refused;
}

/// <summary>What could not be taken from a payload.</summary>
/// <param name="Path">Where it is: an element path or a JSON pointer.</param>
/// <param name="Reason">Why, in words that do not repeat the value.</param>
internal sealed record Refused(string Path, string Reason);

/// <summary>The count of everything that was read from a payload, by name. No value is ever counted twice or left out.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, TallyLine> lines = new(StringComparer.Ordinal);

    /// <summary>The lines, by name.</summary>
    public IReadOnlyDictionary<string, TallyLine> Lines => lines;

    /// <summary>One value became an event.</summary>
    public void Taken(string name) => lines[name] = Line(name) with { Taken = Line(name).Taken + 1 };

    /// <summary>One value was known already.</summary>
    public void Unchanged(string name) => lines[name] = Line(name) with { Unchanged = Line(name).Unchanged + 1 };

    /// <summary>One value was refused.</summary>
    public void Refused(string name) => lines[name] = Line(name) with { Refused = Line(name).Refused + 1 };

    /// <summary>Adds another tally to this one.</summary>
    public void Add(Tally other)
    {
        foreach (var (name, line) in other.lines)
        {
            var sum = Line(name);
            lines[name] = new(sum.Taken + line.Taken, sum.Unchanged + line.Unchanged, sum.Refused + line.Refused);
        }
    }

    private TallyLine Line(string name) => lines.GetValueOrDefault(name);
}
