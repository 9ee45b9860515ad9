namespace Messaging.Storage.EfCore.Schema;

/// <summary>A process that works on this database.</summary>
internal sealed class NodeRow
{
    public string Name { get; set; } = null!;

    public long StartedAt { get; set; }

    public long SeenAt { get; set; }
}
