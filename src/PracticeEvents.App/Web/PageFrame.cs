namespace PracticeEvents.App.Web;

/// <summary>What the frame round every page needs to know about this running service. Set once, in the composition root.</summary>
internal sealed class PageFrame
{
    /// <summary>The council's name, shown in the header. Default: "Your council".</summary>
    public string Council { get; set; } = "Your council";

    /// <summary>Where people get help with the service itself: an address or a telephone number, as a sentence.</summary>
    public string HelpContact { get; set; } = "Ask your team's systems lead, or your council's service desk.";

    /// <summary>The main navigation, in order. An item shows when its page exists and the reader has one of its roles.</summary>
    public IReadOnlyList<NavigationItem> Navigation { get; set; } =
    [
        new("Alerts", "/alerts"),
        new("Children", "/children"),
        new("Team", "/teams"),
        new("Reviews", "/reviews"),
        new("Measures", "/measures"),
        new("Inbox", "/inbox", "data_staff", "administrator"),
        new("Rules", "/rules"),
    ];

    /// <summary>The virtual clock's instant while this is a rehearsal; null when the service is live.</summary>
    public Func<DateTimeOffset?> RehearsalClock { get; set; } = () => null;

    /// <summary>When the case system was last heard from, if that is too long ago to rely on; null while it is fresh.</summary>
    public Func<DateTimeOffset?> StaleSince { get; set; } = () => null;
}
