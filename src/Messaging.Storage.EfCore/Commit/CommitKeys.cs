namespace Messaging.Storage.EfCore.Commit;

/// <summary>What a batch of changes touches, so that all of it is locked and loaded at once. A dialect asks for it in sorted order: two batches then never wait for each other.</summary>
internal sealed class CommitKeys
{
    public CommitKeys(IReadOnlyList<Change> changes, IReadOnlyList<IReadOnlyList<EntityImprint>> imprints)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            Collect(changes[i]);
            foreach (var imprint in imprints[i])
            {
                Entities.Add(imprint.Id);
                UniqueValues.UnionWith(imprint.Values.Where(value => value.IsUnique).Select(value => value.Value));
            }
        }
    }

    /// <summary>Gets the messages that are accepted: whether they are there is all that counts.</summary>
    public SortedSet<Guid> NewMessages { get; } = [];

    /// <summary>Gets the messages that deliveries join: they are to be locked.</summary>
    public SortedSet<Guid> JoinedMessages { get; } = [];

    /// <summary>Gets the messages whose payloads go: they are to be locked, with all their deliveries and the work of these.</summary>
    public SortedSet<Guid> DroppedMessages { get; } = [];

    /// <summary>Gets the deliveries that are accepted: whether they are there is all that counts.</summary>
    public SortedSet<Guid> NewDeliveries { get; } = [];

    /// <summary>Gets the deliveries that something happens to: they are to be locked, with their work, and loaded with their states and messages.</summary>
    public SortedSet<Guid> Deliveries { get; } = [];

    /// <summary>Gets the items of bulks that are accepted, by message and hash.</summary>
    public HashSet<(Guid Message, Guid Item)> Items { get; } = [];

    /// <summary>Gets the work other than deliveries: to be locked.</summary>
    public SortedSet<(short Kind, Guid Id)> Work { get; } = [];

    /// <summary>Gets the keys under which parked work is released, and how much of it at the most; the oldest are to be locked, by place.</summary>
    public SortedDictionary<string, int> ParkKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets callers' keys, by tenant and key: to be locked.</summary>
    public HashSet<(string Tenant, string Key)> Idempotency { get; } = [];

    /// <summary>Gets the hashes of reports' keys.</summary>
    public SortedSet<Guid> EventKeys { get; } = [];

    /// <summary>Gets the entities that are written: to be locked.</summary>
    public HashSet<EntityId> Entities { get; } = [];

    /// <summary>Gets the unique values that are wanted.</summary>
    public HashSet<EntityValue> UniqueValues { get; } = [];

    private void Collect(Change change)
    {
        if (change.Accept is { } accept)
        {
            Collect(accept);
        }

        foreach (var settle in change.Settles)
        {
            Collect(settle.Lease);
        }

        foreach (var begin in change.Begins)
        {
            Collect(begin.Lease);
        }

        foreach (var e in change.Events)
        {
            Deliveries.Add(e.DeliveryId.Value);
            EventKeys.Add(Codes.HashOf(e.Key));
        }

        Deliveries.UnionWith(change.Commands.Select(command => command.DeliveryId.Value));
        Work.UnionWith(change.Enqueues.Select(item => ((short)item.Kind, item.Id)));
        DroppedMessages.UnionWith(change.Drops.Select(drop => drop.MessageId.Value));
        foreach (var release in change.Releases)
        {
            var most = (long)ParkKeys.GetValueOrDefault(release.ParkKey) + Math.Max(release.Max, 0);
            ParkKeys[release.ParkKey] = (int)Math.Min(most, int.MaxValue);
        }
    }

    private void Collect(Acceptance accept)
    {
        if (accept.Message is { } message)
        {
            NewMessages.Add(message.Id.Value);
        }

        if (accept.Idempotency is { } claim)
        {
            Idempotency.Add(((accept.Message?.Tenant ?? accept.Deliveries[0].Tenant).Value, claim.Key));
        }

        foreach (var delivery in accept.Deliveries)
        {
            NewDeliveries.Add(delivery.Id.Value);
            if (delivery.MessageId != accept.Message?.Id)
            {
                JoinedMessages.Add(delivery.MessageId.Value);
            }

            if (delivery.ItemHash != 0)
            {
                Items.Add((delivery.MessageId.Value, Codes.ToGuid(delivery.ItemHash)));
            }
        }
    }

    private void Collect(LeaseToken lease)
    {
        if (lease.Kind == WorkKind.Deliver)
        {
            Deliveries.Add(lease.WorkId);
        }
        else
        {
            Work.Add(((short)lease.Kind, lease.WorkId));
        }
    }
}
