using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace PracticeEvents.Domain.Events;

/// <summary>One member of an event's data.</summary>
public sealed class EventMember
{
    internal EventMember(PropertyInfo property)
    {
        Property = property;
        Name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Required = property.GetCustomAttribute<RequiredMemberAttribute>() is not null;
        Item = Type.IsGenericType && Type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? Type.GenericTypeArguments[0] : null;
        YearsAhead = property.GetCustomAttribute<PlansAheadAttribute>()?.Years ?? 0;
        Identifier = property.IsDefined(typeof(IdentifierAttribute));
        var word = Item ?? Type;
        Words = word.IsEnum ? [.. Enum.GetNames(word).Select(EventName.Word)] : [];
    }

    /// <summary>The record that declares it: the event's own, or the one that the event shares it with.</summary>
    public Type DeclaredBy => Property.DeclaringType!;

    /// <summary>Name in the .NET record.</summary>
    public string PropertyName => Property.Name;

    /// <summary>JSON name.</summary>
    public string Name { get; }

    /// <summary>The .NET type, without nullability.</summary>
    public Type Type { get; }

    /// <summary>For a list, the .NET type of its items; otherwise nothing.</summary>
    public Type? Item { get; }

    /// <summary>How many years ahead a date is believed; 0 for the date of something that happened.</summary>
    public int YearsAhead { get; }

    /// <summary>True when the text is an identifier that another system gave, which may hold more than a code may.</summary>
    public bool Identifier { get; }

    /// <summary>True when an event without it is refused.</summary>
    public bool Required { get; }

    /// <summary>The only words allowed, for a member that is one of a closed list; otherwise empty.</summary>
    public IReadOnlyList<string> Words { get; }

    private PropertyInfo Property { get; }

    /// <summary>The member's value on an event; nothing when it was not given.</summary>
    public object? Of(PracticeEvent e) => Property.GetValue(e);

    /// <summary>A test of events for one of some values. Rules ask for these of every fact of every child, so it compares without
    /// reflection and makes nothing on the way.</summary>
    /// <param name="values">The values, of <see cref="Type"/>.</param>
    internal Func<PracticeEvent, bool> IsOneOf(IReadOnlyList<object> values) => (Func<PracticeEvent, bool>)(Property.PropertyType.IsValueType
        ? Generic(Type == Property.PropertyType ? nameof(TestOfValues) : nameof(TestOfOptionalValues), Type)
        : Generic(nameof(TestOfValues), Property.PropertyType)).Invoke(null, [Property, values])!;

    private static Func<PracticeEvent, bool> TestOfValues<TRecord, TValue>(PropertyInfo property, IReadOnlyList<object> values)
    {
        var (get, allowed) = (property.GetMethod!.CreateDelegate<Func<TRecord, TValue>>(), values.OfType<TValue>().ToArray());
        return e => Array.IndexOf(allowed, get((TRecord)(object)e)) >= 0;
    }

    private static Func<PracticeEvent, bool> TestOfOptionalValues<TRecord, TValue>(PropertyInfo property, IReadOnlyList<object> values)
        where TValue : struct
    {
        var (get, allowed) = (property.GetMethod!.CreateDelegate<Func<TRecord, TValue?>>(), values.OfType<TValue>().ToArray());
        return e => get((TRecord)(object)e) is { } value && Array.IndexOf(allowed, value) >= 0;
    }

    private MethodInfo Generic(string name, Type value) =>
        typeof(EventMember).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(Property.DeclaringType!, value);
}
