namespace Messaging.Channels;

/// <summary>A source of accounts that can also list a tenant's accounts of one kind.</summary>
internal interface ITenantAccountsByKind
{
    /// <summary>Lists them by name.</summary>
    ValueTask<IReadOnlyList<ChannelAccount>> FindByKindAsync(TenantId tenant, string kind, CancellationToken cancellationToken);
}
