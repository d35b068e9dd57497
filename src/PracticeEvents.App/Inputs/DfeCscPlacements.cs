using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Inputs;

/// <summary>Reads the placements of a looked-after child from a DfE payload. Each is one block of a period of care, as in the SSDA903 return.</summary>
internal static class DfeCscPlacements
{
    private const string StartedToBeLookedAfter = "S";
    private const string AnotherPlacementFollows = "X1";

    /// <summary>Says every fact of an episode's placements.</summary>
    public static void Read(DfeItem episode)
    {
        var child = episode.Reading.Child;
        foreach (var placement in episode.Items("child_looked_after_placements", "placement", "child_looked_after_placement_id"))
        {
            var started = placement.Date("start_date");
            placement.Say("start_date", Started(placement, started));
            ReadEdge(placement, "start_reason", started, "start_date", reason => reason == StartedToBeLookedAfter,
                (on, _) => new BecameLookedAfter { Child = child, On = on, Ref = placement.Ref });

            var ended = placement.Date("end_date");
            placement.Say("end_date", new PlacementEnded { Child = child, On = ended, Ref = placement.Ref });
            ReadEdge(placement, "end_reason", ended, "end_date", reason => reason != AnotherPlacementFollows,
                (on, reason) => new CeasedToBeLookedAfter { Child = child, On = on, Ref = placement.Ref, Reason = reason });
        }
    }

    // The code says of the placement what visiting goes by: P1 is with the child's own parents, U1 and U4 are long-term fostering.
    private static PlacementStarted Started(DfeItem placement, Happened on)
    {
        var type = placement.Text("placement_type");
        if (type is null && placement.Known("start_date") is PlacementStarted known)
        {
            return known with { On = on };
        }

        return new PlacementStarted
        {
            Child = placement.Reading.Child,
            On = on,
            Ref = placement.Ref,
            PlacementType = type,
            Approval = PlacementApproval.Full,
            WithParent = type is "P1",
            LongTerm = type is "U1" or "U4",
        };
    }

    // A period of care begins or ends with a placement when the reason says so. A reason that changes its mind takes the fact back;
    // a date that moves without its reason moves the fact too.
    private static void ReadEdge(
        DfeItem placement, string reasonField, Happened on, string dateField, Func<string, bool> isEdge, Func<Happened, string?, PracticeEvent> fact)
    {
        if (placement.Text(reasonField) is { } reason)
        {
            if (isEdge(reason))
            {
                placement.Say(reasonField, fact(on.Date != default ? on : placement.Known(dateField)?.On ?? default, reason));
            }
            else
            {
                placement.TakeBack(reasonField);
            }
        }
        else if (on.Date != default && placement.Known(reasonField) is not null)
        {
            placement.Say(reasonField, fact(on, null));
        }
    }
}
