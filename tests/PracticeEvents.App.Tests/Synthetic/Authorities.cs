using System.Globalization;
using System.Text;
using PracticeEvents.App.Synthetic;

namespace PracticeEvents.App.Tests.Synthetic;

/// <summary>Invented authorities that several tests look at, made once.</summary>
internal static class Authorities
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 16, 0, 0, TimeSpan.Zero);

    public static readonly AuthorityPlan Usual = AuthorityPlan.Usual(Now);

    public static readonly AuthorityPlan Average = Usual with { OpenChildren = 2600 };

    private static readonly Lazy<List<SyntheticEvent>> UsualMade = new(() => [.. SyntheticAuthority.Events(Usual)]);

    private static readonly Lazy<List<SyntheticEvent>> AverageMade = new(() => [.. SyntheticAuthority.Events(Average)]);

    public static List<SyntheticEvent> UsualEvents => UsualMade.Value;

    public static List<SyntheticEvent> AverageEvents => AverageMade.Value;

    public static string Child(SyntheticEvent e) => (string?)e.Data["child"] ?? "";

    public static DateOnly On(SyntheticEvent e) => DateOnly.ParseExact(((string)e.Data["on"]!)[..10], "yyyy-MM-dd",
        CultureInfo.InvariantCulture);

    public static string Written(IEnumerable<SyntheticEvent> events)
    {
        var text = new StringBuilder();
        foreach (var e in events)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{e.Type} {e.Id} {e.Time:O} {e.RecordedTime:O} {e.Data.ToJsonString()}");
        }

        return text.ToString();
    }
}
