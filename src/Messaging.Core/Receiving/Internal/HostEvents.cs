using System.Text.Json;
using Messaging.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Receiving;

/// <summary>Makes the work that calls the host's event handlers; none when there are no handlers.</summary>
internal sealed class HostEvents(IServiceProvider services, IdGenerator ids)
{
    /// <summary>Gets a value indicating whether the host registered a handler.</summary>
    public bool Enabled { get; } = services.GetService<IServiceProviderIsService>()?.IsService(typeof(IMessageEventHandler)) ?? true;

    /// <summary>Makes the work of one event.</summary>
    public WorkItem Create(DeliveryRecord record, HostEventWork work) => new()
    {
        Id = ids.Next(),
        Kind = WorkKind.NotifyHost,
        Tenant = record.Delivery.Tenant,
        Priority = record.Delivery.Priority,
        Payload = Write(work),
    };

    public static byte[] Write(HostEventWork work) => JsonSerializer.SerializeToUtf8Bytes(work, ReceivingJson.Default.HostEventWork);

    public static HostEventWork Read(WorkItem item) => JsonSerializer.Deserialize(item.Payload.Span, ReceivingJson.Default.HostEventWork)!;
}
