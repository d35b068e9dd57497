using System.CommandLine;
using PracticeEvents.App.WhatIf;

namespace PracticeEvents.App.Cli;

/// <summary><c>practice moved</c>: which open duties would get another date under other rules or another calendar. It changes nothing.</summary>
internal static class MovedVerb
{
    public static Command Create()
    {
        var rules = new Option<string>("--rules") { Description = "Folder of the rules and calendar to try: a council's own pack, or a whole set", HelpName = "FOLDER", Required = true };
        var inUse = new Option<string?>("--in-use") { Description = "Folder of the rules in use, in place of those shipped", HelpName = "FOLDER" };
        var (data, connection, json) = (CommonOptions.Data(), CommonOptions.Connection(), CommonOptions.Json());
        var verb = new Command("moved", "Says which open duties other rules or another calendar would move, before they are put in force. Example: practice moved --rules our-rules")
        {
            rules, inUse, data, connection, json,
        };
        verb.SetAction((parsed, ct) => Failures.ToExitCodeAsync(async () =>
        {
            var folder = parsed.GetValue(rules)!;
            if (!Directory.Exists(folder))
            {
                return Failures.Say($"There is no folder {folder}.", ExitCode.BadUsage);
            }

            var candidate = Candidate.OfFolder(folder);
            if (candidate.Book is not { } book)
            {
                candidate.Problems.ToList().ForEach(Out.Note);
                return Failures.Say("These rules cannot be used.", ExitCode.Refused);
            }

            await using var session = await Session.OpenAsync(new Place(parsed.GetValue(data)!, parsed.GetValue(connection), parsed.GetValue(inUse)), ct);
            await session.RefuseOtherRulesAsync(ct);
            var (moved, children, notRead) = await session.Get<MovedDuties>().OfAsync(book, ct);
            if (parsed.GetValue(json))
            {
                Out.Json(moved);
            }
            else
            {
                Out.Table(["child", "duty", "due now", "due then", "because"], [.. moved.Select(m => (string[])[m.Child, m.Title, m.Before ?? "none", m.After ?? "none", m.Because])]);
                Out.Note($"{Out.Count(moved.Count)} open duties of {Out.Count(children)} children would move.{(notRead > 0 ? $" The records of {Out.Count(notRead)} cannot be read." : "")}");
            }

            return moved.Count == 0 ? ExitCode.Fine : ExitCode.Found;
        }));
        return verb;
    }
}
