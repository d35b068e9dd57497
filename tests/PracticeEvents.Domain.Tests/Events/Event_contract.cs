using System.Text.RegularExpressions;
using System.Xml.Linq;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.Domain.Tests.Events;

/// <summary>The page that senders hold on to is what the records say. <c>APPROVE=1</c> writes it anew.</summary>
public sealed partial class Event_contract
{
    private static readonly Dictionary<string, string> Docstrings = XDocument
        .Load(Path.ChangeExtension(typeof(EventCatalogue).Assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(m => m.Attribute("name")!.Value, m => Markdown(m.Element("summary")));

    [Fact]
    public void The_approved_page_says_what_the_records_say()
    {
        var page = EventDocument.Write(Docstrings);
        if (Environment.GetEnvironmentVariable("APPROVE") is "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Approved())!);
            File.WriteAllText(Approved(), page);
        }

        Assert.Equal(File.ReadAllText(Approved()), page);
    }

    [Fact]
    public void Every_event_and_every_member_says_what_it_means() => Assert.All(
        EventCatalogue.All.SelectMany(k =>
            k.Members.Select(m => $"P:{m.DeclaredBy.FullName}.{m.PropertyName}").Prepend($"T:{k.Record.FullName}")),
        id => Assert.EndsWith(".", Docstrings[id], StringComparison.Ordinal));

    private static string Approved()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PracticeEvents.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("the tests do not run inside the repository");
        }

        return Path.Combine(folder.FullName, "docs", "events.md");
    }

    private static string Markdown(XElement? summary) =>
        Spaces().Replace(string.Concat(summary?.Nodes().Select(Markdown) ?? []), " ").Trim();

    private static string Markdown(XNode node) => node switch
    {
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement other => other.Value,
        XText text => text.Value,
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
