using System.CommandLine;
using PracticeEvents.App.WhatIf;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice moved</c>: which open duties would get another date under other rules or another calendar. It changes nothing.</summary>
internal static class MovedVerb
{
    public static Command Create()
    {
        var json = CommonOptions.Json();
        return CandidateVerb.Create(
            "moved",
            "Says which open duties other rules or another calendar would move, before they are put in force. Example: practice moved --rules our-rules",
            [json], async (session, book, parsed, ct) =>
            {
                var (moved, children, notRead) = await session.Get<MovedDuties>().OfAsync(book, ct);
                if (parsed.GetValue(json))
                {
                    Out.Json(moved);
                }
                else
                {
                    Out.Table(
                        ["child", "duty", "due now", "due then", "because"],
                        [.. moved.Select(m => (string[])[m.Child, m.Title, m.Before ?? "none", m.After ?? "none", m.Because])]);
                    Out.Note(
                        $"{Out.Count(moved.Count)} open duties of {Out.Count(children)} children would move."
                        + $"{(notRead > 0 ? $" The records of {Out.Count(notRead)} cannot be read." : "")}");
                }

                return moved.Count == 0 ? ExitCode.Fine : ExitCode.Found;
            });
    }
}
