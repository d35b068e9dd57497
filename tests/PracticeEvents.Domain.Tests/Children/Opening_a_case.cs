using PracticeEvents.Domain.Children;
using PracticeEvents.Domain.Events;
using PracticeEvents.Domain.Timescales;
using Xunit;

namespace PracticeEvents.Domain.Tests.Children;

public sealed class Opening_a_case
{
    private const string Child = "C1";
    private static readonly Happened On = new(new(2026, 9, 7));

    public static TheoryData<PracticeEvent> News =>
    [
        new PrivateFosteringNotified { Child = Child, On = On },
        new DetainedInCustody { Child = Child, On = On },
        new AllegationKnown { Child = Child, On = On },
        new ComplaintReceived { Child = Child, On = On, Stage = ComplaintStage.Stage1 },
        new PoliceProtectionStarted { Child = Child, On = On },
    ];

    [Theory]
    [MemberData(nameof(News))]
    public void News_of_a_child_opens_no_case_by_itself(PracticeEvent news) => Assert.Null(After(news).OpenSince);

    [Fact]
    public void A_referral_opens_a_case() => Assert.Equal(On.Date, After(new ReferralReceived { Child = Child, On = On }).OpenSince);

    private static ChildSituation After(PracticeEvent e) =>
        ChildSituation.Of(History.Of([new Fact(Guid.Empty, "/case", "e1", e, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)]));
}
