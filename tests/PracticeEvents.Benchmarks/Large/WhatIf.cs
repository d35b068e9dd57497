using PracticeEvents.Benchmarks.Machine;

namespace PracticeEvents.Benchmarks.Large;

/// <summary>Asks what tighter visits would have come to in the last year.</summary>
internal static class WhatIf
{
    private const string Changes = """
        {
          "owner": "head_of_safeguarding",
          "changes": [{
            "rule": "cp-visit", "from": "2020-04-01", "because": "To be tried.", "within": "6 working days",
            "examples": [{
              "title": "Seen on the seventh working day: late", "asAt": "2026-05-14",
              "events": [
                { "type": "child_protection_plan_started", "on": "2026-05-01" },
                { "type": "visit_recorded", "on": "2026-05-13", "purpose": "child_protection", "seen": true }
              ],
              "expect": [{ "due": "2026-05-12", "status": "done_late", "metOn": "2026-05-13" }, { "due": "2026-05-21", "status": "on_track" }]
            }]
          }]
        }
        """;

    /// <summary>Runs it.</summary>
    /// <param name="database">The database.</param>
    /// <param name="folder">Where a pack can be written.</param>
    /// <returns>How long it took, and what it used.</returns>
    public static async Task<(double Seconds, Said Used)> RunAsync(Fresh database, string folder)
    {
        var pack = Directory.CreateDirectory(Path.Combine(folder, "tighter-visits")).FullName;
        await File.WriteAllTextAsync(Path.Combine(pack, "changes.json"), Changes);
        return await Practice.RunAsync("what-if", "--rules", pack, "--connection", database.ConnectionString, "--json");
    }
}
