using PracticeEvents.App.Hosting;

namespace PracticeEvents.App.Web.Pages.SignIn;

/// <summary>
/// The people of a demonstration, offered on the sign-in page. Empty until the invented authority is loaded and its tokens are made. A
/// token stays on the server: the page sends a worker's id only.
/// </summary>
internal sealed class DemoList
{
    private volatile IReadOnlyList<DemoPerson> people = [];

    /// <summary>Everybody on offer, in order.</summary>
    public IReadOnlyList<DemoPerson> People
    {
        get => people;
        set => people = value;
    }
}
