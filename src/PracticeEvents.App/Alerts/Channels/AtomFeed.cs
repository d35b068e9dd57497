using System.Text;
using System.Xml;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Alerts.Channels;

/// <summary>A feed as Atom (RFC 4287).</summary>
internal static class AtomFeed
{
    /// <summary>What it is served as.</summary>
    public const string ContentType = "application/atom+xml; charset=utf-8";

    private const string Namespace = "http://www.w3.org/2005/Atom";

    /// <summary>Writes the feed.</summary>
    public static byte[] Write(FetchedFeed feed)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("feed", Namespace);
            Text(xml, "id", $"urn:uuid:{feed.Subscription.Id}");
            Text(xml, "title", feed.Title);
            Text(xml, "updated", Rfc3339.Write(feed.Updated));
            xml.WriteStartElement("author", Namespace);
            Text(xml, "name", "PracticeEvents");
            xml.WriteEndElement();
            Link(xml, "self", feed.Self, "application/atom+xml");
            Link(xml, "alternate", feed.Home, "text/html");
            foreach (var item in feed.Items)
            {
                xml.WriteStartElement("entry", Namespace);
                Text(xml, "id", $"urn:practice-events:alert:{item.Id}");
                Text(xml, "title", item.Line);
                Text(xml, "published", Rfc3339.Write(item.RaisedAt));
                Text(xml, "updated", Rfc3339.Write(item.ChangedAt));
                Link(xml, "alternate", item.Link, "text/html");
                xml.WriteStartElement("category", Namespace);
                xml.WriteAttributeString("term", item.Stage);
                xml.WriteEndElement();
                Text(xml, "summary", item.Text);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return buffer.ToArray();
    }

    private static void Text(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Namespace, text);

    private static void Link(XmlWriter xml, string relation, Uri to, string type)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", to.ToString());
        xml.WriteEndElement();
    }
}
