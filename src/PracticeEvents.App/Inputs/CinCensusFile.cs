using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace PracticeEvents.App.Inputs;

/// <summary>One <c>Child</c> element of a census file.</summary>
/// <param name="Element">The element.</param>
/// <param name="Path">Its place in the file.</param>
internal sealed record CinElement(XElement Element, string Path)
{
    /// <summary>The elements of a name, whatever its capitals: senders spell them differently.</summary>
    public IEnumerable<CinElement> All(params string[] names)
    {
        var place = 0;
        foreach (var found in Element.Elements().Where(e => names.Contains(e.Name.LocalName, StringComparer.OrdinalIgnoreCase)))
        {
            place++;
            yield return new CinElement(found, string.Create(CultureInfo.InvariantCulture, $"{Path}/{found.Name.LocalName}[{place}]"));
        }
    }

    /// <summary>The element's own text.</summary>
    public string Text => Element.Value.Trim();

    /// <summary>The text of the first element of a name, or nothing when there is none or it is empty.</summary>
    public string? TextOf(params string[] names) => All(names).Select(e => e.Text).FirstOrDefault(t => t.Length > 0);
}

/// <summary>
/// Streams the children of a children in need census file, one at a time. It holds to no schema, for no file seen in the field does: any root,
/// header or none, stray text between elements. What stops the reading is kept, and the children before it are read.
/// </summary>
internal sealed class CinCensusFile(Stream stream)
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = true,
    };

    /// <summary>The council's three-digit code from the header; <c>000</c> when the file has none.</summary>
    public string LaCode { get; private set; } = "000";

    /// <summary>Why the reading stopped before the end, or nothing.</summary>
    public Refused? Broken { get; private set; }

    /// <summary>The children, in the order of the file. To be gone through once.</summary>
    public IEnumerable<CinElement> Children()
    {
        using var xml = XmlReader.Create(stream, Settings);
        var place = 0;
        while (Next(xml) is { } element)
        {
            if (Is(element, "LEA"))
            {
                LaCode = Code(element.Value);
                continue;
            }

            place++;
            yield return new CinElement(element, string.Create(CultureInfo.InvariantCulture, $"/Child[{place}]"));
        }
    }

    private XElement? Next(XmlReader xml)
    {
        try
        {
            while (!xml.EOF)
            {
                if (xml.NodeType == XmlNodeType.Element && (Is(xml.LocalName, "Child") || Is(xml.LocalName, "LEA")))
                {
                    return (XElement)XNode.ReadFrom(xml);
                }

                xml.Read();
            }
        }
        catch (XmlException e)
        {
            Broken = new Refused(
                string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber}, column {e.LinePosition}"),
                "The file is not readable XML from here on; the children before were read.");
        }

        return null;
    }

    private static bool Is(XElement element, string name) => Is(element.Name.LocalName, name);

    private static bool Is(string given, string name) => string.Equals(given, name, StringComparison.OrdinalIgnoreCase);

    private static string Code(string text) =>
        text.Trim() is { Length: 3 } code && code.All(char.IsAsciiDigit) ? code : "000";
}
