namespace Messaging.Storage;

/// <summary>What every schema has.</summary>
public abstract class EntitySchema
{
    private protected EntitySchema(string name) => Name = name;

    /// <summary>Gets the owner of what belongs to no tenant. No host's tenant may have this name.</summary>
    public static TenantId SharedTenant { get; } = new("*");

    /// <summary>Gets the name: snake case, stable once released.</summary>
    public string Name { get; }
}
