namespace Messaging.RateLimiting;

/// <summary>What a bucket counts.</summary>
internal enum LimitType
{
    Tenant,
    Account,
    AccountDay,
    Recipient,
}
