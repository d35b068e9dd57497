using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PracticeEvents.App.Inputs;

/// <summary>What is wrong at one place of a payload.</summary>
/// <param name="Pointer">JSON pointer from the root of what was checked, such as <c>/child_details/sex</c>.</param>
/// <param name="Why">One sentence that never repeats the value: it may be personal.</param>
internal sealed record ShapeFault(string Pointer, string Why);

/// <summary>The shape that a part of a payload must have. A null is "not given" and fits any shape that is not required.</summary>
internal abstract record JsonShape
{
    /// <summary>Everything that is wrong with a value.</summary>
    public IEnumerable<ShapeFault> Check(JsonElement value) => Check(value, "");

    private protected abstract IEnumerable<ShapeFault> Check(JsonElement value, string at);

    /// <summary>A text of limited length, maybe of a pattern or a closed list.</summary>
    internal sealed record Text(int Max = int.MaxValue, int Min = 0, string? Pattern = null, params string[] Words) : JsonShape
    {
        private protected override IEnumerable<ShapeFault> Check(JsonElement value, string at)
        {
            if (value.ValueKind != JsonValueKind.String || JsonBytes.Unkeepable(value) is not null)
            {
                yield return new(at, "must be a text");
                yield break;
            }

            // JSON Schema counts characters as code points.
            var text = value.GetString()!;
            var length = text.EnumerateRunes().Count();
            if (length < Min || length > Max)
            {
                yield return new(at, Min == Max ? $"must have {Max} characters" : $"must have at most {Max} characters");
            }

            if (Pattern is not null && !Regex.IsMatch(text, Pattern, RegexOptions.CultureInvariant))
            {
                yield return new(at, $"must match {Pattern}");
            }

            if (Words.Length > 0 && !Words.Contains(text, StringComparer.Ordinal))
            {
                yield return new(at, $"must be one of {string.Join(", ", Words)}");
            }
        }
    }

    /// <summary>A date written <c>2026-09-07</c>.</summary>
    internal sealed record Date : JsonShape
    {
        private protected override IEnumerable<ShapeFault> Check(JsonElement value, string at) =>
            value.ValueKind == JsonValueKind.String && JsonBytes.Unkeepable(value) is null
                && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                ? [] : [new(at, "must be a date such as 2026-09-07")];
    }

    /// <summary>True or false.</summary>
    internal sealed record Flag : JsonShape
    {
        private protected override IEnumerable<ShapeFault> Check(JsonElement value, string at) =>
            value.ValueKind is JsonValueKind.True or JsonValueKind.False ? [] : [new(at, "must be true or false")];
    }

    /// <summary>A whole number.</summary>
    internal sealed record Whole : JsonShape
    {
        private protected override IEnumerable<ShapeFault> Check(JsonElement value, string at) =>
            value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _) ? [] : [new(at, "must be a whole number")];
    }

    /// <summary>A list, maybe of limited length and without repeats.</summary>
    internal sealed record List(JsonShape Item, int Max = int.MaxValue, bool Unique = false) : JsonShape
    {
        private protected override IEnumerable<ShapeFault> Check(JsonElement value, string at)
        {
            if (value.ValueKind != JsonValueKind.Array)
            {
                return [new(at, "must be a list")];
            }

            var faults = value.EnumerateArray().SelectMany((item, i) => Item.Check(item, $"{at}/{i}")).ToList();
            if (value.GetArrayLength() > Max)
            {
                faults.Add(new(at, $"must have at most {Max} items"));
            }

            if (Unique && value.EnumerateArray().Select(i => i.GetRawText()).Distinct().Count() != value.GetArrayLength())
            {
                faults.Add(new(at, "must not repeat an item"));
            }

            return faults;
        }
    }

    /// <summary>An object with these members and no others.</summary>
    internal sealed record Closed(IReadOnlyDictionary<string, JsonShape> Members, params string[] Required) : JsonShape
    {
        private protected override IEnumerable<ShapeFault> Check(JsonElement value, string at)
        {
            if (value.ValueKind != JsonValueKind.Object)
            {
                yield return new(at, "must be an object");
                yield break;
            }

            foreach (var name in Required.Where(r => !value.TryGetProperty(r, out var given) || given.ValueKind == JsonValueKind.Null))
            {
                yield return new($"{at}/{name}", "is required");
            }

            foreach (var member in value.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Null || !Members.ContainsKey(m.Name)))
            {
                var place = $"{at}/{member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
                var faults = Members.TryGetValue(member.Name, out var shape) ? shape.Check(member.Value, place) : [new(place, "is not a member of the DfE schema")];
                foreach (var fault in faults)
                {
                    yield return fault;
                }
            }
        }
    }
}
