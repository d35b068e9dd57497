using System.CommandLine;
using PracticeEvents.App.Api;
using PracticeEvents.App.Inputs;
using PracticeEvents.Store;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice import</c>: files of history, as a quiet load.</summary>
internal static class ImportVerb
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Files to import", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string?>("--format") { Description = $"{string.Join(" or ", ImportFile.Formats)}; guessed when not given", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong([.. ImportFile.Formats]);
        var refusals = new Option<string?>("--refusals") { Description = "Write every refused row to this file too, as CSV", HelpName = "FILE" };
        var json = CommonOptions.Json();
        files.Validators.Add(result =>
        {
            foreach (var path in result.Tokens.Select(t => t.Value).Where(f => !File.Exists(f)))
            {
                result.AddError($"There is no file {path}.");
            }
        });
        return SessionVerb.Create(
            "import", "Imports files of history; the same file again adds nothing. Example: practice import census.xml",
            [files, format, refusals, json], async (session, parsed, ct) =>
            {
                // What changed before this load is news, and what the load brings is not: they are not to be worked through together.
                await Progress.ShowAsync("Bringing the views up to date", report => Settling.RunAsync(session.Services, share => report(share), ct));
                var results = new List<(string File, ImportResult Result)>();
                foreach (var file in parsed.GetValue(files)!)
                {
                    results.Add((file, await Progress.ShowAsync($"Importing {Path.GetFileName(file)}", report => ImportFile.ImportAsync(
                        file, parsed.GetValue(format), session.Get<EventStore>(), session.Time,
                        new Straight<ImportProgress>(p => report(null, $"{Out.Count(p.Read)} read, {Out.Count(p.Added)} events added")), ct))));
                }

                await Progress.ShowAsync("Working out timescales", report => Settling.RunAsync(session.Services, share => report(share), ct));
                var refused = results.SelectMany(r => r.Result.Refusals.Select(x => new RefusedRow(r.File, x.Path, x.Reason))).ToList();
                if (parsed.GetValue(refusals) is { } to)
                {
                    await File.WriteAllBytesAsync(to, Answer.Csv(refused), ct);
                }

                if (parsed.GetValue(json))
                {
                    Out.Json(results.ConvertAll(r => ImportJson.Of(r.File, r.Result)));
                }
                else
                {
                    Say(results, refused);
                }

                return refused.Count > 0 ? ExitCode.Found : ExitCode.Fine;
            });
    }

    private static void Say(List<(string File, ImportResult Result)> results, List<RefusedRow> refused)
    {
        foreach (var (file, result) in results)
        {
            Out.Line($"{file}: {result.Format}, {Out.Count(result.Added)} events added");
            Out.Table(["name", "read", "taken", "unchanged", "refused"], [.. result.Counts.Lines.Select(l => (string[])
                [l.Key, Out.Count(l.Value.Read), Out.Count(l.Value.Taken), Out.Count(l.Value.Unchanged), Out.Count(l.Value.Refused)])]);
        }

        if (refused.Count > 0)
        {
            Out.Table(["refused", "in", "because"], [.. refused.Select(r => (string[])[r.Path, r.File, r.Reason])]);
        }

        var notes = results.SelectMany(r => r.Result.Notes.Select(n => (string[])[n.Path, r.File, n.Reason])).ToList();
        if (notes.Count > 0)
        {
            Out.Table(["taken with a doubt", "in", "because"], notes);
        }
    }

    private sealed record RefusedRow(string File, string Path, string Reason);

    private sealed record ImportJson(
        string File, string Format, string Load, int Added, IReadOnlyDictionary<string, TallyLine> Counts, IReadOnlyList<Refused> Refusals, IReadOnlyList<Refused> Notes)
    {
        public static ImportJson Of(string file, ImportResult result) =>
            new(file, result.Format, result.Load, result.Added, result.Counts.Lines, result.Refusals, result.Notes);
    }
}
