namespace Messaging.Storage.EfCore.Schema;

/// <summary>A message: what is fixed at accept, and what is to become of payloads.</summary>
internal sealed class MessageRow
{
    public Guid Id { get; set; }

    public string Tenant { get; set; } = null!;

    public long AcceptedAt { get; set; }

    public string Category { get; set; } = null!;

    public string? Template { get; set; }

    public string? Reference { get; set; }

    public long? ExpiresAt { get; set; }

    public bool Sensitive { get; set; }

    public bool IsBulk { get; set; }

    public bool IsRouted { get; set; }

    public bool Drops { get; set; }

    public byte[] Payload { get; set; } = null!;
}
