using System.CommandLine;
using PracticeEvents.App.Views;
using PracticeEvents.App.Views.Rebuilding;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice rebuild</c>: works everything out anew from the events, and says whether that changed anything. It should not.</summary>
internal static class RebuildVerb
{
    private const string Alerts = "alerts";

    public static Command Create()
    {
        var view = new Argument<string?>("VIEW") { Description = "One view only, or \"alerts\"; all when not given", Arity = ArgumentArity.ZeroOrOne };
        var diff = new Option<bool>("--diff") { Description = "Say which rows would be added, gone or changed, with examples, and change nothing" };
        var json = CommonOptions.Json();
        return SessionVerb.Create(
            "rebuild", "Fills the views anew from the events; exits with 1 when that changed a row. Example: practice rebuild obligations",
            [view, diff, json], async (session, parsed, ct) =>
            {
                var views = session.Get<ViewTables>().All;
                var wanted = parsed.GetValue(view);
                if (wanted is not null && wanted != Alerts && views.All(v => v.Name != wanted))
                {
                    return Failures.Say(
                        $"There is no view {wanted}. There is {string.Join(", ", views.Select(v => v.Name))}, and {Alerts}.",
                        ExitCode.BadUsage);
                }

                await Progress.ShowAsync("Bringing the views up to date", report => Settling.RunAsync(session.Services, share => report(share), ct));
                await session.RefuseOtherRulesAsync(ct);
                var swap = !parsed.GetValue(diff);
                var parts = new List<Rebuilt>();
                if (wanted != Alerts)
                {
                    parts.Add(await Progress.ShowAsync("Working out every child anew", report => session.Get<Rebuild>().ViewsAsync(
                        [.. views.Where(v => wanted is null || v.Name == wanted)], swap, (share, told) => report(share, told), ct)));
                }

                if (wanted is null or Alerts)
                {
                    parts.Add(await Progress.ShowAsync("Folding the alerts anew", report => session.Get<Rebuild>().AlertsAsync(
                        swap, (share, told) => report(share, told), ct)));
                }

                return Say(new Rebuilt([.. parts.SelectMany(p => p.Tables)], parts.Sum(p => p.Stopped)), swap, parsed.GetValue(json));
            });
    }

    private static int Say(Rebuilt rebuilt, bool swapped, bool json)
    {
        var changed = rebuilt.Tables.Any(t => t.Changed);
        if (json)
        {
            Out.Json(new { changed, swapped, rebuilt.Stopped, rebuilt.Tables });
            return changed ? ExitCode.Found : ExitCode.Fine;
        }

        Out.Table(
            ["view", "rows before", "rows after", "added", "gone", "changed"],
            [.. rebuilt.Tables.Select(t => (string[])[t.Name, .. ((long[])[t.Before, t.After, t.RowsAdded, t.RowsGone, t.RowsChanged]).Select(Out.Count)])]);
        foreach (var (table, row) in rebuilt.Tables.SelectMany(t => t.Examples.Select(e => (t.Name, e))))
        {
            Out.Line(
                $"{table}: {row.Kind} {string.Join(", ", row.Key.Select(k => $"{k.Key} {k.Value}"))}"
                + $"{string.Concat(row.Columns.Select(c => $"; {c.Name}: {c.Before ?? "nothing"} -> {c.After ?? "nothing"}"))}");
        }

        if (rebuilt.Stopped > 0)
        {
            Out.Note($"The record of {Out.Count(rebuilt.Stopped)} children or alerts cannot be worked through; their rows stay as they were.");
        }

        Out.Note(!changed ? "Nothing changed."
            : swapped ? "Rows changed. Find out why: the views are meant to say the same already."
            : "Rows would change. To put them right, run the same without --diff.");
        return changed ? ExitCode.Found : ExitCode.Fine;
    }
}
