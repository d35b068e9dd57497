using System.Diagnostics;
using System.Globalization;

namespace PracticeEvents.App.Synthetic;

/// <summary>The contact, the referral and what is decided; and who the children are, when the family is new.</summary>
internal static class FrontDoor
{
    private static readonly string[] Referrers = ["police", "police", "police", "school", "school", "health", "health",
        "local_authority_service", "individual"];

    /// <summary>Writes the front door of an episode.</summary>
    public static void Write(Casework work, string family)
    {
        var day = work.Episode.Referred;
        var minute = work.Random.Between(8 * 60, 12 * 60);
        var manager = work.TeamOf(work.Assessor).Manager;
        if (work.Episode.Number == 1)
        {
            Register(work, family, day, minute);
        }

        var (contact, referral) = (work.Reference("contact"), work.Reference("referral"));
        work.ForAllAtOnce("contact_received", new Moment(day, minute, Exact: true), null, contact);
        work.ForAllAtOnce("contact_decided", new Moment(day, minute + work.Random.Between(30, 120), Exact: true), manager, contact,
            ("outcome", "referral"));
        work.ForAllAtOnce("referral_received", new Moment(day, minute + 125, Exact: true), null, referral, ("referrerType",
            work.Random.Pick<string>(Referrers)));
        var decided = work.Random.Chance(930) ? Moment.Roughly(day, 16, 30) : Moment.Roughly(work.Diary.After(day,
            work.Random.Between(1, 2)), 9);
        work.ForAll("referral_decided", decided, manager, referral, ("outcome", Outcome(work.Episode.Route)));
    }

    private static string Outcome(Route route) => route switch
    {
        Route.NoFurtherAction => "no_further_action",
        Route.NotInNeed or Route.InNeedThenClosed or Route.ChildInNeedPlan or Route.Care => "assessment",
        Route.EnquiryThenClosed or Route.EnquiryThenPlan or Route.Conference => "strategy_discussion",
        _ => throw new UnreachableException(),
    };

    private static void Register(Casework work, string family, DateOnly day, int minute)
    {
        foreach (var child in work.Children)
        {
            var birth = child.Expected is { } expected
                ? ("expectedDateOfBirth", work.Diary.Write(expected))
                : ("dateOfBirth", (object)child.Born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            work.File.AddAtOnce("child_registered", child.Reference, new Moment(day, minute - 5), null, null, birth, ("family", family));
            if (child.Expected is not null && work.Past(child.Born))
            {
                work.File.Add("child_born", child.Reference, child.Born);
            }
        }
    }
}
