namespace PracticeEvents.App.Web.Pages.SignIn;

/// <summary>Somebody of the synthetic authority whom a visitor of the demonstration can be.</summary>
/// <param name="Worker">Worker id.</param>
/// <param name="Name">Made-up name.</param>
/// <param name="Says">What they do, such as "Team manager, East 2".</param>
/// <param name="Token">An access token of theirs. It stays on the server: the page sends the worker id only.</param>
internal sealed record DemoPerson(string Worker, string Name, string Says, string Token);

/// <summary>The people of a demonstration, offered on the sign-in page. Empty unless whoever loads the synthetic authority fills it.</summary>
internal sealed class DemoPeople
{
    private volatile IReadOnlyList<DemoPerson> all = [];

    /// <summary>Everybody on offer, in order. Set once the authority is loaded and its tokens are made.</summary>
    public IReadOnlyList<DemoPerson> All
    {
        get => all;
        set => all = value;
    }
}
