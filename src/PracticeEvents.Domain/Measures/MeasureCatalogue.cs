using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PracticeEvents.Domain.Measures;

/// <summary>Every measure, found by scanning: a new one is a new file and nothing else.</summary>
public static class MeasureCatalogue
{
    /// <summary>All measures, by title.</summary>
    public static IReadOnlyList<IMeasure> All { get; } = [.. typeof(MeasureCatalogue).Assembly.GetTypes()
        .Where(t => t is { IsAbstract: false, IsInterface: false } && t.IsAssignableTo(typeof(IMeasure)))
        .Select(t => (IMeasure)Activator.CreateInstance(t)!)
        .OrderBy(m => m.About.Title, StringComparer.Ordinal)];

    /// <summary>Those about children.</summary>
    public static IReadOnlyList<IChildMeasure> OfChildren { get; } = [.. All.OfType<IChildMeasure>()];

    /// <summary>Changes when a measure is added, taken away or counts otherwise.</summary>
    public static int Edition { get; } = BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join(',', OfChildren.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.About.Id} {m.About.Version}")).Order(StringComparer.Ordinal)))));

    /// <summary>A measure by id; nothing when there is none.</summary>
    public static IMeasure? Find(string id) => All.FirstOrDefault(m => m.About.Id == id);
}
