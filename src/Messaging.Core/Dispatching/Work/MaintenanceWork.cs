using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>Queues housekeeping: the payload is the task's name, a zero byte, and what the task is given.</summary>
internal sealed class MaintenanceWork(IdGenerator ids)
{
    public WorkItem Create<T>(string task, T argument, JsonTypeInfo<T> json, DateTimeOffset dueAt) => new()
    {
        Id = ids.Next(),
        Kind = WorkKind.Maintain,
        Tenant = EntitySchema.SharedTenant,
        Priority = MessagePriority.High,
        DueAt = dueAt,
        Payload = (byte[])[.. Encoding.UTF8.GetBytes(task), 0, .. JsonSerializer.SerializeToUtf8Bytes(argument, json)],
    };
}
