namespace PracticeEvents.App.Synthetic;

/// <summary>A place in a team. The worker in it may change once, and then every child on the list changes worker.</summary>
/// <param name="Team">The team.</param>
/// <param name="Role">The role towards children, such as <c>social_worker</c>.</param>
/// <param name="First">The worker who holds the post first.</param>
/// <param name="Then">The worker who follows, if anyone does.</param>
/// <param name="Changes">The day on which the first leaves.</param>
internal sealed record Post(string Team, string Role, string First, string? Then = null, DateOnly? Changes = null)
{
    /// <summary>Who holds the post on a day.</summary>
    public string On(DateOnly day) => Then is not null && day >= Changes ? Then : First;
}

/// <summary>A team with its manager and the posts that hold children.</summary>
/// <param name="Reference">The team.</param>
/// <param name="Label">Invented name for pages.</param>
/// <param name="Service">The service that it belongs to.</param>
/// <param name="Manager">Its team manager.</param>
/// <param name="HeadOfService">The head of its service.</param>
/// <param name="Posts">Places for workers.</param>
internal sealed record Team(string Reference, string Label, string Service, string Manager, string HeadOfService,
    IReadOnlyList<Post> Posts);
