namespace Messaging;

/// <summary>Whose data it is. Part of every key, query and cache key.</summary>
public readonly record struct TenantId(string Value)
{
    /// <summary>The tenant of a host that has only one.</summary>
    public static TenantId Default { get; } = new("default");
}
