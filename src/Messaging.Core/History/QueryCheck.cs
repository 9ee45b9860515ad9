namespace Messaging.History;

/// <summary>Checks what callers ask for, so that stores need not.</summary>
internal static class QueryCheck
{
    private const int LongestPage = 100;

    public static void ThrowIfInvalid(DeliveryQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ThrowIfNoTenant(query.Tenant, nameof(query));
        ThrowIfInvalid(query.Limit, nameof(query));
        ThrowIfReversed(query.From, query.To, nameof(query));
    }

    public static void ThrowIfInvalid(StatisticsQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ThrowIfNoTenant(query.Tenant, nameof(query));
        ThrowIfReversed(query.From, query.To, nameof(query));
    }

    public static void ThrowIfInvalid(int limit, string name)
    {
        if (limit is < 1 or > LongestPage)
        {
            throw new ArgumentOutOfRangeException(name, limit, $"Limit must be between 1 and {LongestPage}. Read further pages by the cursor.");
        }
    }

    private static void ThrowIfNoTenant(TenantId tenant, string name)
    {
        if (tenant == default)
        {
            throw new ArgumentException("Tenant is empty. Name the tenant; a host with only one uses TenantId.Default.", name);
        }
    }

    private static void ThrowIfReversed(DateTimeOffset? from, DateTimeOffset? to, string name)
    {
        if (from > to)
        {
            throw new ArgumentException($"From ({from:O}) lies after To ({to:O}).", name);
        }
    }
}
