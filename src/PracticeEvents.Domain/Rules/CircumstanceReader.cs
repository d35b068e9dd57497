namespace PracticeEvents.Domain.Rules;

/// <summary>Reads what a rule asks of a child's life.</summary>
internal static class CircumstanceReader
{
    public static Circumstance? Read(RuleText text)
    {
        var circumstance = new Circumstance
        {
            Says = text.Text("says"),
            Latest = text.List("latest", TriggerReader.Read),
            LastedFor = text.Has("lastedFor") ? text.Span("lastedFor") : null,
            In = text.Object("in", PeriodReader.Read),
            Has = text.List("has", TriggerReader.Read),
            Since = text.List("since", TriggerReader.Read),
            AgeUnder = text.Has("ageUnder") ? text.Number("ageUnder") : null,
            Unborn = text.Flag("unborn"),
            AnyOf = text.List("anyOf", Read),
            AllOf = text.List("allOf", Read),
            After = text.Has("after") ? text.Span("after") : null,
            AgeFrom = text.Has("ageFrom") ? text.Number("ageFrom") : null,
            Not = text.Flag("not"),
        };
        if (circumstance is { Latest.Count: 0, In: null, Has.Count: 0, AgeUnder: null, AgeFrom: null, Unborn: false, AnyOf.Count: 0, AllOf.Count: 0 })
        {
            text.Wrong("says", "stands alone: say latest, in, has, ageUnder, ageFrom, unborn, anyOf or allOf as well.");
        }

        if (circumstance is { LastedFor: not null, Latest.Count: 0 })
        {
            text.Wrong("lastedFor", "goes with latest.");
        }

        if (circumstance is { Since.Count: > 0, Has.Count: 0 })
        {
            text.Wrong("since", "goes with has.");
        }

        if (circumstance is { After: not null, AgeUnder: null, AgeFrom: null })
        {
            text.Wrong("after", "goes with ageUnder or ageFrom.");
        }

        return circumstance;
    }
}

/// <summary>Reads a period.</summary>
internal static class PeriodReader
{
    public static Period Read(RuleText text) => new(text.List("from", TriggerReader.Read), text.List("until", TriggerReader.Read));
}
