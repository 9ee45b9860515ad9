namespace Messaging.Sending;

/// <summary>A request, written down.</summary>
internal readonly record struct StagedBytes(MessageId Id, TenantId Tenant, DateTimeOffset At, ReadOnlyMemory<byte> Payload);
