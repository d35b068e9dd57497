namespace PracticeEvents.Domain.Rules;

/// <summary>A question of quality that is to be answered before work is concluded.</summary>
/// <param name="Code">Its code, as a sign-off lists it among those that the manager answered.</param>
/// <param name="Asks">The question, a sentence: "Was the child seen alone?"</param>
/// <param name="ShownBy">What in the record answers it with yes; all must hold.</param>
public sealed record Question(string Code, string Asks, IReadOnlyList<Circumstance> ShownBy);

/// <summary>Reads the questions of a rule file.</summary>
internal static class QuestionReader
{
    public static Question Read(RuleText text)
    {
        var question = new Question(text.Text("code"), text.Text("asks"), text.List("shownBy", CircumstanceReader.Read));
        if (question.ShownBy.Count == 0)
        {
            text.Wrong("shownBy", "is missing: say what in the record answers it.");
        }

        return question;
    }
}
