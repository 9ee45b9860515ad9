namespace Messaging.Storage.EfCore.Outbox;

/// <summary>A request that the host's transaction staged. Inserted once, read once, deleted; nothing else is unique about it than its id.</summary>
internal sealed class IntakeRow
{
    public Guid Id { get; set; }

    public string Tenant { get; set; } = null!;

    public int Format { get; set; }

    public DateTimeOffset StagedAt { get; set; }

    public byte[] Payload { get; set; } = null!;

    /// <summary>Gets or sets who takes it in, on databases that cannot skip what others have locked.</summary>
    public Guid? Claim { get; set; }

    /// <summary>Gets or sets until when, in UTC ticks.</summary>
    public long ClaimedUntil { get; set; }

    public static IntakeRow Of(StagedMessage message) => new()
    {
        Id = message.Id.Value,
        Tenant = message.Tenant.Value,
        Format = message.Format,
        StagedAt = message.StagedAt.ToUniversalTime(),
        Payload = message.Payload.ToArray(),
    };

    public StagedMessage ToMessage() => new()
    {
        Id = new MessageId(Id),
        Tenant = new TenantId(Tenant),
        StagedAt = StagedAt,
        Format = Format,
        Payload = Payload,
    };
}
