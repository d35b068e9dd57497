using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PracticeEvents.App.Inputs;
using PracticeEvents.Domain.Events;
using Xunit;

namespace PracticeEvents.App.Tests.Inputs;

public sealed partial class CinCensusTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_official_file_becomes_one_event_for_each_dated_fact()
    {
        var read = Read("""
            <Message><Header><Source><LEA>201</LEA></Source></Header><Children><Child>
              <ChildIdentifiers><LAchildID>C1</LAchildID><UPNunknown>UN3</UPNunknown>PersonBirthDate
                <PersonBirthDate>2015-03-27</PersonBirthDate><Sex>1</Sex><PersonDeathDate>2026-10-08</PersonDeathDate></ChildIdentifiers>
              <CINdetails><CINreferralDate>2026-01-06</CINreferralDate><ReferralSource>1A</ReferralSource><CINclosureDate>2026-09-27</CINclosureDate><ReasonForClosure>RC1</ReasonForClosure>
                <Assessments><AssessmentActualStartDate>2026-01-07</AssessmentActualStartDate><AssessmentInternalReviewDate>2026-01-20</AssessmentInternalReviewDate>
                  <AssessmentAuthorisationDate>2026-02-18</AssessmentAuthorisationDate><FactorsIdentifiedAtAssessment/></Assessments>
                <CINPlanDates><CINPlanStartDate>2026-02-24</CINPlanStartDate><CINPlanEndDate>2026-03-26</CINPlanEndDate></CINPlanDates>
                <Section47><S47ActualStartDate>2026-03-02</S47ActualStartDate><InitialCPCtarget>2026-03-23</InitialCPCtarget><DateOfInitialCPC>2026-03-17</DateOfInitialCPC><ICPCnotRequired>false</ICPCnotRequired></Section47>
                <ReferralNFA>0</ReferralNFA>
                <ChildProtectionPlans><CPPstartDate>2026-03-17</CPPstartDate><CPPendDate>2026-08-14</CPPendDate><InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse><LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>
                  <Reviews><CPPreviewDate>2026-06-15</CPPreviewDate><CPPreviewDate>2026-08-14</CPPreviewDate></Reviews></ChildProtectionPlans>
                <PreProceedingsandFGDM><PPStartDate>2026-05-01</PPStartDate><LBPSentDate>2026-05-02</LBPSentDate></PreProceedingsandFGDM>
              </CINdetails></Child></Children></Message>
            """);

        Assert.Equal(
            [
                "ChildRegistered 2026-01-06", "ChildDied 2026-10-08", "ReferralReceived 2026-01-06", "AssessmentStarted 2026-01-07", "AssessmentReviewed 2026-01-20",
                "AssessmentSignedOff 2026-02-18", "ChildInNeedPlanStarted 2026-02-24", "ChildInNeedPlanEnded 2026-03-26", "StrategyDiscussionHeld 2026-03-02",
                "InitialConferenceHeld 2026-03-17", "ChildProtectionPlanStarted 2026-03-17", "ReviewConferenceHeld 2026-06-15", "ReviewConferenceHeld 2026-08-14",
                "ChildProtectionPlanEnded 2026-08-14", "PreProceedingsStarted 2026-05-01", "LetterBeforeProceedingsSent 2026-05-02", "CaseClosed 2026-09-27",
            ],
            Told(read.Children[0]));
        Assert.All(read.Children[0].Events, e => Assert.Equal("/cin-census/201", e.Source));
        Assert.Equal(ConferenceOutcome.Plan, read.Of<InitialConferenceHeld>().Single().Outcome);
        Assert.Equal([ReviewConferenceOutcome.Continue, ReviewConferenceOutcome.End], read.Of<ReviewConferenceHeld>().Select(r => r.Outcome));
        Assert.Contains(read.Children[0].Notes, n => n.Reason.Contains("category", StringComparison.Ordinal));
        Assert.Empty(read.Children[0].Refusals);
    }

    [Fact]
    public void A_generated_file_has_another_root_no_header_other_names_and_the_opposite_flag()
    {
        var read = Read(Generated("""
            <CINdetails><CINreferralDate>2026-01-06</CINreferralDate><ReferralNFA>True</ReferralNFA><CINClosureDate>2025-11-29</CINClosureDate><DateofInitialICPC>2026-02-03</DateofInitialICPC>
              <Section47><S47ActualStartDate>2026-01-17</S47ActualStartDate><ICPCRequired>False</ICPCRequired></Section47></CINdetails>
            """));

        Assert.Equal(
            [
                "ChildRegistered 2026-01-06", "ReferralReceived 2026-01-06", "ReferralDecided 2026-01-06", "StrategyDiscussionHeld 2026-01-17", "Section47Concluded 2026-01-17",
                "InitialConferenceHeld 2026-02-03", "CaseClosed 2025-11-29",
            ],
            Told(read.Children[0]));
        Assert.All(read.Children[0].Events, e => Assert.Equal("/cin-census/000", e.Source));
        Assert.True(read.Of<InitialConferenceHeld>().Single().TransferIn);
        Assert.Contains(read.Children[0].Notes, n => n.Reason == "The case was closed before the referral.");
    }

    [Theory]
    [InlineData("<ICPCnotRequired>1</ICPCnotRequired>", 1)]
    [InlineData("<ICPCnotRequired>True</ICPCnotRequired>", 1)]
    [InlineData("<ICPCnotRequired>0</ICPCnotRequired>", 0)]
    [InlineData("<ICPCRequired>false</ICPCRequired>", 1)]
    [InlineData("<ICPCRequired>True</ICPCRequired>", 0)]
    public void Whether_a_conference_was_needed_is_read_in_both_senses(string flag, int concluded)
    {
        var read = Read(Generated(
            "<CINdetails><CINreferralDate>2026-01-06</CINreferralDate>"
            + $"<Section47><S47ActualStartDate>2026-01-17</S47ActualStartDate>{flag}</Section47></CINdetails>"));
        Assert.Equal(concluded, read.Of<Section47Concluded>().Count());
    }

    [Theory]
    [InlineData("2026-01-30", 1, 0)]
    [InlineData("2026-02-15", 0, 1)]
    public void Conferences_at_both_levels_are_one_conference(string atReferral, int unchanged, int refused)
    {
        var read = Read(Generated($"""
            <CINdetails><CINreferralDate>2026-01-06</CINreferralDate><DateOfInitialCPC>{atReferral}</DateOfInitialCPC>
              <Section47><S47ActualStartDate>2026-01-17</S47ActualStartDate><DateOfInitialCPC>2026-01-30</DateOfInitialCPC></Section47></CINdetails>
            """));

        Assert.Equal(new DateOnly(2026, 1, 30), read.Of<InitialConferenceHeld>().Single().On.Date);
        Assert.Equal(new TallyLine(0, unchanged, refused), read.Counts["ICPC@CINdetails"]);
    }

    [Theory]
    [InlineData("1066-04-13", "is before 1900")]
    [InlineData("2028-04-28", "is after")]
    [InlineData("2026-02-30", "not a date")]
    [InlineData("soon", "not a date")]
    public void A_date_that_cannot_be_is_refused_with_its_place_and_reason(string date, string why)
    {
        var read = Read(Generated(
            "<CINdetails><CINreferralDate>2026-01-06</CINreferralDate>"
            + $"<Assessments><AssessmentActualStartDate>{date}</AssessmentActualStartDate></Assessments></CINdetails>"));

        var refused = Assert.Single(read.Children[0].Refusals);
        Assert.Equal("/Child[1]/CINdetails[1]/Assessments[1]/AssessmentActualStartDate[1]", refused.Path);
        Assert.Contains(why, refused.Reason, StringComparison.Ordinal);
        Assert.Equal(new TallyLine(0, 0, 1), read.Counts["assessment-started"]);
    }

    [Fact]
    public void Two_assessments_with_the_same_start_are_two_assessments()
    {
        const string Assessment = "<Assessments><AssessmentActualStartDate>2026-01-07</AssessmentActualStartDate></Assessments>";
        var read = Read(Generated($"<CINdetails><CINreferralDate>2026-01-06</CINreferralDate>{Assessment}{Assessment}</CINdetails>"));

        Assert.Equal(2, read.Of<AssessmentStarted>().Select(a => a.Ref).Distinct().Count());
    }

    [Fact]
    public void The_next_years_file_adds_only_what_is_new_in_it()
    {
        const string Open = "<CINdetails><CINreferralDate>2026-01-06</CINreferralDate><CINPlanDates><CINPlanStartDate>2026-02-01</CINPlanStartDate>{0}</CINPlanDates></CINdetails>";
        var known = new KnownFacts();
        known.Take(Read(Generated(string.Format(CultureInfo.InvariantCulture, Open, ""))).Children[0].Events, Now);
        var next = Read(Generated(string.Format(CultureInfo.InvariantCulture, Open, "<CINPlanEndDate>2026-06-01</CINPlanEndDate>")), known);

        Assert.Equal(["ChildInNeedPlanEnded 2026-06-01"], Told(next.Children[0]));
        known.Take(next.Children[0].Events, Now);
        var amended = Read(Generated(string.Format(CultureInfo.InvariantCulture, Open, "<CINPlanEndDate>2026-06-02</CINPlanEndDate>")), known);
        Assert.Equal(["Corrected 2026-06-02"], Told(amended.Children[0]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<LAchildID/>")]
    [InlineData("<LAchildID>has a space</LAchildID>")]
    public void A_child_without_a_usable_id_is_refused_fact_by_fact(string id)
    {
        var read = Read(
            $"<Children><Child><ChildIdentifiers>{id}<PersonBirthDate>2015-01-01</PersonBirthDate></ChildIdentifiers>"
            + "<CINdetails><CINreferralDate>2026-01-06</CINreferralDate></CINdetails></Child></Children>");

        Assert.Empty(read.Children[0].Events);
        Assert.Equal(new TallyLine(0, 0, 1), read.Counts["children"]);
        Assert.Equal(new TallyLine(0, 0, 1), read.Counts["referrals"]);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><Message><Child/></Message>", 0)]
    [InlineData("<Message><Child><ChildIdentifiers><LAchildID>C1</LAchildID></ChildIdentifiers></Child><Child><ChildId", 1)]
    [InlineData("not xml", 0)]
    [InlineData("", 0)]
    public void What_stops_the_reading_is_told_and_what_came_before_is_kept(string xml, int children)
    {
        var file = new CinCensusFile(new MemoryStream(Encoding.UTF8.GetBytes(xml)));

        Assert.Equal(children, file.Children().Count());
        Assert.NotNull(file.Broken);
    }

    [Theory]
    [InlineData("cin-census/CIN_Census_2021.xml")]
    [InlineData("cin-census/CIN_Census_2024.xml")]
    [InlineData("cin-census/fake_CIN_data.xml")]
    [InlineData("cin-census/liia_BAR_cin_2022.xml")]
    [InlineData("cin-generated/cin_xml_from_csv_seed42_500children.xml")]
    public void Published_samples_are_read_to_the_last_value_and_a_second_reading_adds_nothing(string sample)
    {
        if (OutsideData.Find(sample) is not { } path)
        {
            return;
        }

        var expected = Counts().Matches(File.ReadLines(OutsideData.Find("EXPECTED.md")!).First(l => l.Contains(sample, StringComparison.Ordinal)));
        var all = new Tally();
        var file = new CinCensusFile(File.OpenRead(path));
        foreach (var element in file.Children())
        {
            var known = new KnownFacts();
            var child = CinCensus.Read(file.LaCode, element, [], Now);
            known.Take(child.Events, Now);
            Assert.Empty(CinCensus.Read(file.LaCode, element, known.All, Now).Events);
            all.Add(child.Counts);
        }

        Assert.Null(file.Broken);
        Assert.All(expected, m => Assert.Equal(
            (m.Groups[1].Value, int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture)), (m.Groups[1].Value, all.Lines.GetValueOrDefault(m.Groups[1].Value).Read)));
    }

    private static string Generated(string details) =>
        "<CINdetailsCollection><Child><ChildIdentifiers><LAchildID>C1</LAchildID><PersonBirthDate>2015-01-01</PersonBirthDate></ChildIdentifiers>"
        + $"{details}</Child></CINdetailsCollection>";

    private static string[] Told(CinChild read) => [.. read.Events.Select(e => $"{e.Event.GetType().Name} {e.Event.On}")];

    private static FileRead Read(string xml, KnownFacts? known = null)
    {
        var file = new CinCensusFile(new MemoryStream(Encoding.UTF8.GetBytes(xml)));
        return new([.. file.Children().Select(c => CinCensus.Read(file.LaCode, c, known?.All ?? [], Now))]);
    }

    [GeneratedRegex("'([^']+)': ([0-9]+)")]
    private static partial Regex Counts();

    private sealed record FileRead(IReadOnlyList<CinChild> Children)
    {
        public IReadOnlyDictionary<string, TallyLine> Counts => Children[0].Counts.Lines;

        public IEnumerable<T> Of<T>() => Children.SelectMany(c => c.Events).Select(e => e.Event).OfType<T>();
    }
}
