namespace Messaging.Storage.EfCore.Schema;

/// <summary>A value of an index, and the entity that has it.</summary>
internal sealed class EntityValueRow
{
    public string Schema { get; set; } = null!;

    public string Index { get; set; } = null!;

    public string Tenant { get; set; } = null!;

    public string Value { get; set; } = null!;

    public string Key { get; set; } = null!;

    public bool IsUnique { get; set; }
}
