namespace Messaging.Storage.EfCore.Schema;

/// <summary>A piece of work that is not done.</summary>
internal sealed class WorkRow
{
    public Guid Id { get; set; }

    public short Kind { get; set; }

    public string Tenant { get; set; } = null!;

    public short Lane { get; set; }

    public short State { get; set; }

    public bool Plain { get; set; }

    public bool CancelRequested { get; set; }

    public short Call { get; set; }

    public int Claims { get; set; }

    public long Turn { get; set; }

    public long Place { get; set; }

    public long DueAt { get; set; }

    public long Since { get; set; }

    public long Fence { get; set; }

    public long ClaimedAt { get; set; }

    public long LeaseUntil { get; set; }

    public string? ParkKey { get; set; }

    public byte[]? Payload { get; set; }

    /// <summary>Gets which index the row stands in; the database makes it of the state.</summary>
    public short Stands { get; private set; }
}
