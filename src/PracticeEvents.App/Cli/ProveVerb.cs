using System.CommandLine;
using PracticeEvents.App.Process.Proving;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice prove</c>: works everything out anew and names each difference from what is live. It changes nothing.</summary>
internal static class ProveVerb
{
    public static Command Create()
    {
        var json = CommonOptions.Json();
        return SessionVerb.Create(
            "prove",
            "Recomputes duties, timers and alerts from the events, and names each difference from what is live. Example: practice prove",
            [json], async (session, parsed, ct) =>
            {
                await Progress.ShowAsync("Bringing everything up to date", report => Settling.RunAsync(session.Services, share => report(share), ct));
                await session.RefuseOtherRulesAsync(ct);
                var (time, began) = (session.Time, session.Time.GetTimestamp());
                var at = time.GetUtcNow();
                var proved = await Progress.ShowAsync("Proving", report => session.Get<Proof>().RunAsync((share, told) => report(share, told), ct));
                await session.Get<Proofs>().KeepAsync(new LastProof(at, Math.Round(time.GetElapsedTime(began).TotalSeconds, 1), proved), ct);
                if (parsed.GetValue(json))
                {
                    Out.Json(proved);
                }
                else
                {
                    foreach (var finding in proved.Findings)
                    {
                        Out.Line($"{finding.What}{(finding.Child is null ? "" : $" of child {finding.Child}")}: {finding.Says}");
                    }

                    Out.Note(proved.Findings.Count == 0
                        ? proved.Behind > 0 ? "Nothing that is live and could be compared is wrong."
                            : $"Proved: what is live of {Out.Count(proved.Children)} children is what their events say."
                        : $"{Out.Count(proved.Findings.Count)} differences in {Out.Count(proved.Children)} children. "
                            + "Find out why; “practice rebuild” puts views right.");
                    if (proved.Stopped > 0)
                    {
                        Out.Note(
                            $"The record of {Out.Count(proved.Stopped)} children cannot be worked through. "
                            + "They are shown as not watched and are not part of the proof.");
                    }

                    if (proved.Behind > 0)
                    {
                        Out.Note(
                            $"With {Out.Count(proved.Behind)} children the service has not caught up: their timers and alerts were not compared. "
                            + "Start the service if it does not run, see on the status page how far it is behind, and prove again.");
                    }
                }

                return proved.Findings.Count == 0 ? ExitCode.Fine : ExitCode.Found;
            });
    }
}
