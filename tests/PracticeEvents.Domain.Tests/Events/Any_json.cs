using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.Domain.Tests.Events;

/// <summary>Whatever a sender writes, it is read or refused in sentences; nothing that was read is lost when stored.</summary>
public sealed class Any_json
{
    private static readonly Gen<string> Leaf = Gen.OneOf(
        Gen.Elements("null", "true", "false", "0", "-1.5e3", "1e400", "1e-400", "{}", "[]", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "\"2026-09-07\""),
        Gen.Elements("\"2026-02-30\"", "\"9999-12-31T23:59:59-14:00\"", "\"0001-01-01\"", "\"child_protection\"", "\"initial\"", "\"C1\""),
        ArbMap.Default.GeneratorFor<string>().Select(s => JsonSerializer.Serialize(s ?? "")),
        ArbMap.Default.GeneratorFor<int>().Select(i => JsonSerializer.Serialize(i)));

    private static readonly Gen<string> Json = Gen.Sized(size => Nested(Math.Min(size, 4)));

    [Fact]
    public void Is_read_or_refused_in_sentences_and_never_throws() => Prop.ForAll(
        Bodies().ToArbitrary(),
        sent =>
        {
            using var document = JsonDocument.Parse(sent.Body);
            var reading = EventReader.Read(sent.Kind, document.RootElement, new(Samples.Today), Samples.Today, "C1");
            return (reading.Event is null) == (reading.Problems.Count > 0)
                && reading.Problems.All(p => p.Why.EndsWith('.') && char.IsLetter(p.Why[0]) && !p.Why.Any(char.IsControl));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Is_stored_as_it_was_read() => Prop.ForAll(
        Bodies().ToArbitrary(),
        sent =>
        {
            using var document = JsonDocument.Parse(sent.Body);
            var reading = EventReader.Read(sent.Kind, document.RootElement, new(Samples.Today), Samples.Today, "C1");
            if (reading.Event is not { } read)
            {
                return true;
            }

            var stored = EventJson.Write(read);
            return JsonNode.DeepEquals(JsonNode.Parse(stored), JsonNode.Parse(EventJson.Write(EventJson.Read(sent.Kind, stored))));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    /// <summary>A right body of some kind with up to three members overwritten, known or not, and now and then no body at all.</summary>
    private static Gen<Sent> Bodies() =>
        from kind in Gen.Elements(EventCatalogue.All.ToArray())
        from names in Gen.ListOf(Gen.Elements(kind.Members.Select(m => m.Name).Append("other").Append("\\ud800").ToArray()), 3)
        from values in Gen.ListOf(Json, 3)
        from count in Gen.Choose(0, 3)
        from whole in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Sent(kind, whole ? values[0] : Overwritten(kind, names.Zip(values).Take(count)));

    private static string Overwritten(EventKind kind, IEnumerable<(string Name, string Value)> changes)
    {
        var members = Samples.Body(kind).ToDictionary(m => m.Key, m => m.Value!.ToJsonString());
        foreach (var (name, value) in changes)
        {
            members[name] = value;
        }

        return "{" + string.Join(",", members.Select(m => $"\"{m.Key}\":{m.Value}")) + "}";
    }

    private static Gen<string> Nested(int depth) => depth == 0 ? Leaf : Gen.Frequency(
        (4, Leaf),
        (1, Nested(depth - 1).ListOf(2).Select(items => $"[{string.Join(",", items)}]")),
        (1, Nested(depth - 1).ListOf(2).Select(items => $$"""{"a":{{items[0]}},"child":{{items[1]}}}""")));

    private sealed record Sent(EventKind Kind, string Body);
}
