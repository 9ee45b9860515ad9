namespace Messaging.Storage.EfCore.Schema;

/// <summary>The last turn that was given to a tenant of a lane.</summary>
internal sealed class TurnRow
{
    public short Lane { get; set; }

    public string Tenant { get; set; } = null!;

    public long Turn { get; set; }
}
