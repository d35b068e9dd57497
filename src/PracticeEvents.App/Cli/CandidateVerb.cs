using System.CommandLine;
using PracticeEvents.App.WhatIf;
using PracticeEvents.Domain.Rules;

namespace PracticeEvents.App.Cli;

/// <summary>Makes verbs that try rules which are not in force: they are read and checked first, and the database goes by the rules in use.</summary>
internal static class CandidateVerb
{
    /// <summary>A verb.</summary>
    /// <param name="name">Its word.</param>
    /// <param name="description">What it does, with an example.</param>
    /// <param name="own">Its own options.</param>
    /// <param name="run">What it does with the rules to try; gives the exit code.</param>
    public static Command Create(string name, string description, IEnumerable<Option> own, Func<Session, RuleBook, ParseResult, CancellationToken, Task<int>> run)
    {
        var rules = new Option<string>("--rules")
        {
            Description = "Folder of the rules and calendar to try: a council's own pack, or a whole set",
            HelpName = "FOLDER",
            Required = true,
        };
        var inUse = new Option<string?>("--in-use") { Description = "Folder of the rules in use, in place of those shipped", HelpName = "FOLDER" };
        var (data, connection) = (CommonOptions.Data(), CommonOptions.Connection());
        var verb = new Command(name, description) { rules, inUse };
        foreach (var option in own)
        {
            verb.Add(option);
        }

        verb.Add(data);
        verb.Add(connection);
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
            return await run(session, book, parsed, ct);
        }));
        return verb;
    }
}
