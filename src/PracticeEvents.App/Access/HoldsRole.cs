using Microsoft.AspNetCore.Authorization;
using PracticeEvents.App.Children;
using PracticeEvents.Domain.Events;

namespace PracticeEvents.App.Access;

/// <summary>Asks that the reader holds one of some roles at this moment: granted with the token or by registration, and not after they have left.</summary>
/// <param name="AnyOf">The roles.</param>
internal sealed record HoldsRole(params Role[] AnyOf) : IAuthorizationRequirement;

/// <summary>Looks the reader up: a token's own word would outlive the post.</summary>
internal sealed class HoldsRoleHandler(StructureReader structures) : AuthorizationHandler<HoldsRole>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, HoldsRole requirement)
    {
        if (context.User.Identity is { IsAuthenticated: true }
            && Viewer.Of(context.User, await structures.ReadAsync()).Roles.Overlaps(requirement.AnyOf))
        {
            context.Succeed(requirement);
        }
    }
}

/// <summary>Addresses for some roles alone.</summary>
internal static class RolesAsked
{
    /// <summary>Refuses everybody who holds none of some roles at this moment.</summary>
    public static T RequireRoleHeld<T>(this T routes, params Role[] anyOf)
        where T : IEndpointConventionBuilder => routes.RequireAuthorization(policy => policy.RequireAuthenticatedUser().AddRequirements(new HoldsRole(anyOf)));
}
