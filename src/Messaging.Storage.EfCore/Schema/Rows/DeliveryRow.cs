namespace Messaging.Storage.EfCore.Schema;

/// <summary>A delivery as it was accepted. Only its payload may change.</summary>
internal sealed class DeliveryRow
{
    public Guid Id { get; set; }

    public long Place { get; set; }

    public Guid MessageId { get; set; }

    public string Tenant { get; set; } = null!;

    public string Kind { get; set; } = null!;

    public string Address { get; set; } = null!;

    public long AddressHash { get; set; }

    public string Channel { get; set; } = null!;

    public short Priority { get; set; }

    public long AcceptedAt { get; set; }

    public Guid? ContactId { get; set; }

    public string? Reference { get; set; }

    public Guid? PlanId { get; set; }

    public int PlanStep { get; set; }

    public Guid? ItemHash { get; set; }

    public byte[] Payload { get; set; } = null!;
}
