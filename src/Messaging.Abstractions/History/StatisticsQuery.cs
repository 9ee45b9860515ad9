namespace Messaging;

/// <summary>Which deliveries to count.</summary>
public sealed record StatisticsQuery
{
    /// <summary>Gets the tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Gets the message or bulk.</summary>
    public MessageId? MessageId { get; init; }

    /// <summary>Gets the first instant of acceptance; cut to the hour.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets the instant before which it was accepted; cut to the hour.</summary>
    public DateTimeOffset? To { get; init; }
}
