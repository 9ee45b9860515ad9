namespace Messaging.Channels;

/// <summary>Tells accounts apart: a tenant's own may have the name of one of the host's. Keys the live channel, limits and breaker.</summary>
/// <param name="Tenant">The owner; <see langword="null"/> for an account of the host.</param>
/// <param name="Name">The name.</param>
internal readonly record struct AccountKey(TenantId? Tenant, string Name)
{
    public static AccountKey Of(ChannelAccount account) => new(account.Tenant, account.Name);

    /// <summary>The form that is stored and shown: <c>email</c>, or <c>salon_123/email</c> for a tenant's own.</summary>
    public override string ToString() => Tenant is { } tenant ? $"{tenant.Value}/{Name}" : Name;
}
