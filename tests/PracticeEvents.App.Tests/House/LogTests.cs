using System.Reflection;
using Microsoft.Extensions.Logging;
using PracticeEvents.Store;
using Xunit;

namespace PracticeEvents.App.Tests.House;

/// <summary>Logs carry ids and counts. Nothing that a person wrote, and nothing that says who a child is, has a place in them.</summary>
public sealed class LogTests
{
    private static readonly string[] Personal = ["name", "label", "dateofbirth", "birth", "body", "text", "address", "note", "surname", "forename", "email"];

    [Fact]
    public void No_log_message_takes_anything_personal() => Assert.Empty(
        from method in Messages()
        from word in Parameters(method)
        where Personal.Contains(word.ToLowerInvariant())
        select $"{method.DeclaringType!.FullName}.{method.Name}: {word}");

    [Fact]
    public void Every_log_message_has_a_number_of_its_own() => Assert.Empty(
        Messages().GroupBy(m => m.GetCustomAttribute<LoggerMessageAttribute>()!.EventId).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void There_are_log_messages_to_look_at() => Assert.True(Messages().Count() > 10);

    private static IEnumerable<MethodInfo> Messages() =>
        from assembly in new[] { typeof(EventStore).Assembly, typeof(Hosting.PracticeHost).Assembly }
        from type in assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        where method.GetCustomAttribute<LoggerMessageAttribute>() is not null
        select method;

    private static IEnumerable<string> Parameters(MethodInfo method) =>
        method.GetParameters().Select(p => p.Name!)
            .Concat(method.GetCustomAttribute<LoggerMessageAttribute>()!.Message.Split('{').Skip(1).Select(part => part.Split('}', ':', ',')[0]));
}
