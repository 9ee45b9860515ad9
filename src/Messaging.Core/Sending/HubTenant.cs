using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Whose requests a hub takes.</summary>
/// <param name="Id">The tenant.</param>
/// <param name="IsFixed">Whether <see cref="IMessageHub.ForTenant"/> fixed it: then no request may name another.</param>
internal readonly record struct HubTenant(TenantId Id, bool IsFixed)
{
    /// <summary>Returns the tenant of a request.</summary>
    public TenantId Of(SendRequest request) => request.Tenant ?? Id;

    /// <summary>Notes when the tenant is missing, malformed, or another's.</summary>
    public void Check(SendRequest request, MessagingOptions options, ProblemList problems)
    {
        if (request.Tenant is null && !IsFixed)
        {
            if (options.RequireTenant)
            {
                problems.Add(nameof(request.Tenant), ProblemCodes.Tenant, "The request names no tenant, and RequireTenant() asks for one. Set Tenant, or use hub.ForTenant(…).");
            }

            return;
        }

        if (!IsValid(Of(request)))
        {
            problems.Add(nameof(request.Tenant), ProblemCodes.Tenant, $"A tenant is named by 1 to {TenantId.MaxLength} characters, not blank, and not '*'.");
        }
        else if (IsFixed && Of(request) != Id)
        {
            problems.Add(nameof(request.Tenant), ProblemCodes.Tenant, "The request names another tenant than the hub is fixed to. Leave Tenant null, or use the host's own hub.");
        }
    }

    public static bool IsValid(TenantId tenant) =>
        !string.IsNullOrWhiteSpace(tenant.Value) && tenant.Value.Length <= TenantId.MaxLength && tenant != EntitySchema.SharedTenant;
}
