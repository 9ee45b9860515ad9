namespace Messaging.Gates;

internal static class GateBatches
{
    /// <summary>Finds out, without allocating, whether one tenant owns all candidates.</summary>
    public static bool HasOneTenant(this GateBatch batch, out TenantId tenant)
    {
        var candidates = batch.Candidates;
        tenant = candidates[0].Tenant;
        for (var i = 1; i < candidates.Count; i++)
        {
            if (candidates[i].Tenant != tenant)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns the owners of the candidates, each once.</summary>
    public static HashSet<TenantId> Tenants(this GateBatch batch)
    {
        var tenants = new HashSet<TenantId>();
        foreach (var candidate in batch.Candidates)
        {
            tenants.Add(candidate.Tenant);
        }

        return tenants;
    }
}
