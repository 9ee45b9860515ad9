using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>What one change is put together of.</summary>
internal sealed class ChangeParts
{
    private static readonly IReadOnlyList<EntityChange> NoEntities = [];
    private static readonly IReadOnlyList<WorkItem> NoWork = [];

    private List<EntityChange>? _entities;
    private List<WorkItem>? _enqueues;

    public List<StoredDelivery> Deliveries { get; } = new(1);

    public List<EntityChange> Entities => _entities ??= [];

    public List<WorkItem> Enqueues => _enqueues ??= [];

    /// <summary>Makes the change.</summary>
    public Change Accept(StoredMessage? message, IdempotencyClaim? claim) => new()
    {
        Accept = new Acceptance { Message = message, Deliveries = Deliveries, Idempotency = claim },
        Entities = _entities ?? NoEntities,
        Enqueues = _enqueues ?? NoWork,
    };
}
