namespace PracticeEvents.Domain.Events;

/// <summary>A date that may lie in the future because the member plans ahead. Dates without it are of things that happened.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PlansAheadAttribute : Attribute
{
    /// <summary>How many years ahead is still believed; 30 unless said otherwise.</summary>
    public int Years { get; init; } = 30;
}

/// <summary>An identifier that another system gave, such as a CloudEvents id or source: 1 to 200 characters, more than a code may hold.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IdentifierAttribute : Attribute;

/// <summary>An event that only this service appends. One that is sent in from outside is refused.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AppendedHereAttribute : Attribute;
