using System.CommandLine;
using System.CommandLine.Invocation;

namespace PracticeEvents.App.Cli;

/// <summary>Makes verbs that work on a database: each takes the options that say which, and what stops it becomes a sentence and an exit code.</summary>
internal static class SessionVerb
{
    /// <summary>A verb.</summary>
    /// <param name="name">Its word.</param>
    /// <param name="description">What it does, with an example.</param>
    /// <param name="own">Its own options and arguments.</param>
    /// <param name="run">What it does; gives the exit code.</param>
    public static Command Create(string name, string description, IEnumerable<Symbol> own, Func<Session, ParseResult, CancellationToken, Task<int>> run)
    {
        var data = CommonOptions.Data();
        var connection = CommonOptions.Connection();
        var rules = CommonOptions.Rules();
        var verb = new Command(name, description);
        foreach (var symbol in own)
        {
            verb.Add(symbol);
        }

        verb.Add(data);
        verb.Add(connection);
        verb.Add(rules);
        verb.SetAction((parsed, ct) => Failures.ToExitCodeAsync(async () =>
        {
            await using var session = await Session.OpenAsync(new Place(parsed.GetValue(data)!, parsed.GetValue(connection), parsed.GetValue(rules)), ct);
            return await run(session, parsed, ct);
        }));
        return verb;
    }

    /// <summary>Makes a verb do something else, without a database, when its options say so.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="other">What it does instead; nothing to do what it usually does.</param>
    public static Command UnlessAsync(Command verb, Func<ParseResult, CancellationToken, Task<int>?> other)
    {
        var usual = (AsynchronousCommandLineAction)verb.Action!;
        verb.SetAction((parsed, ct) => other(parsed, ct) is { } instead ? Failures.ToExitCodeAsync(() => instead) : usual.InvokeAsync(parsed, ct));
        return verb;
    }

    /// <summary>Adds one to a verb's options or arguments.</summary>
    public static void Add(this Command verb, Symbol symbol)
    {
        if (symbol is Option option)
        {
            verb.Options.Add(option);
        }
        else
        {
            verb.Arguments.Add((Argument)symbol);
        }
    }
}
