namespace Messaging.Storage;

/// <summary>A small record that any store can keep: found by its key and by the indexes that its schema names.</summary>
public interface IEntity<TSelf>
    where TSelf : class, IEntity<TSelf>
{
    /// <summary>Gets the schema.</summary>
    static abstract EntitySchema<TSelf> Schema { get; }

    /// <summary>Gets the owner; what belongs to no tenant uses <see cref="EntitySchema.SharedTenant"/>.</summary>
    TenantId Tenant { get; }

    /// <summary>Gets the key; unique per tenant and schema, up to 400 characters.</summary>
    string Key { get; }
}
