using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Inputs;

/// <summary>Reads the pre-proceedings module, which files have had since the 2026 collection.</summary>
internal static class CinPreProceedings
{
    /// <summary>Takes every fact of the episode's pre-proceedings.</summary>
    public static void Read(CinReading reading, CinElement details, string episode)
    {
        var child = reading.Child;
        foreach (var module in details.All("PreProceedingsandFGDM"))
        {
            var key = reading.UniqueItem(episode, "pre-proceedings", module, "PPStartDate");
            var outcome = module.TextOf("PPOutcome");
            reading.Only("pp-start", module, $"{key}/started",
                on => new PreProceedingsStarted { Child = child, On = on, Ref = key }, "PPStartDate");
            reading.Only("pp-letter", module, $"{key}/letter",
                on => new LetterBeforeProceedingsSent { Child = child, On = on, Ref = key }, "LBPSentDate");
            reading.Only("pp-meeting", module, $"{key}/meeting",
                on => new PreProceedingsMeetingHeld { Child = child, On = on, Ref = key, Kind = PreProceedingsMeetingKind.Initial }, "InitialPPMeetingDate");
            reading.Only("pp-end", module, $"{key}/ended",
                on => new PreProceedingsEnded { Child = child, On = on, Ref = key, Outcome = outcome }, "StepDecisionDate");
            reading.Only("pp-court", module, $"{key}/issued",
                on => new ProceedingsIssued { Child = child, On = on, Ref = key }, "CourtAppDate");
        }
    }
}
