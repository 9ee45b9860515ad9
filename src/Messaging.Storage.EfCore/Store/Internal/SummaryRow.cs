using Messaging.Storage.EfCore.Commit;

namespace Messaging.Storage.EfCore.Store;

/// <summary>What a list shows of a delivery.</summary>
internal sealed class SummaryRow
{
    public long Place { get; init; }

    public Guid Id { get; init; }

    public Guid MessageId { get; init; }

    public string Tenant { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Account { get; init; } = "";

    public string Category { get; init; } = "";

    public short Priority { get; init; }

    public string? Template { get; init; }

    public Guid? ContactId { get; init; }

    public string? Reference { get; init; }

    public int Status { get; init; }

    public string? WhyCode { get; init; }

    public string? WhyText { get; init; }

    public long? WhyUntil { get; init; }

    public int Attempts { get; init; }

    public long AcceptedAt { get; init; }

    public long? DueAt { get; init; }

    public long? SettledAt { get; init; }

    public string? ProviderId { get; init; }

    public string? Address { get; init; }

    public long AddressHash { get; init; }

    public bool DeadLetter { get; init; }

    public DeliverySummary ToSummary() => new()
    {
        Id = new DeliveryId(Id),
        MessageId = new MessageId(MessageId),
        Tenant = new TenantId(Tenant),
        Kind = Kind,
        Account = Account,
        Category = Category,
        Priority = (MessagePriority)Priority,
        Template = Template,
        ContactId = ContactId is { } contact ? new ContactId(contact) : null,
        Reference = Reference,
        Status = (DeliveryStatus)Status,
        Why = Codes.ToWhy(WhyCode, WhyText, WhyUntil),
        Attempts = Attempts,
        AcceptedAt = Codes.ToInstant(AcceptedAt),
        DueAt = Codes.ToInstantOrNull(DueAt),
        SettledAt = Codes.ToInstantOrNull(SettledAt),
        ProviderId = ProviderId,
    };
}
