namespace PracticeEvents.Domain.Tests.Rules;

/// <summary>The complete rule that the guide to rules shows, so that what people copy is what is tested.</summary>
internal static class SampleRule
{
    public static string Json { get; } = FromGuide();

    // The guide shows one sample, between the first fence marked json and the next fence.
    private static string FromGuide()
    {
        var guide = File.ReadAllText(Path.Combine(RuleFiles.Folder, "README.md"));
        var from = guide.IndexOf("```json", StringComparison.Ordinal) + "```json".Length;
        return guide[from..guide.IndexOf("```", from, StringComparison.Ordinal)];
    }
}
