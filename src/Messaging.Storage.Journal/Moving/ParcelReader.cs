using Messaging.Storage.Memory;

namespace Messaging.Storage.Journal.Moving;

/// <summary>Reads all that a store holds, parcel by parcel. Nobody else uses the store meanwhile.</summary>
internal sealed class ParcelReader(MemoryStore memory, IReadOnlyDictionary<string, IEntityKind> kinds)
{
    private const int Most = 500;

    private readonly StoreImage _image = memory.Image;

    /// <summary>Lists parcels: entities, messages, deliveries in the order of acceptance, other work, and keys.</summary>
    /// <exception cref="InvalidOperationException">There are entities of a kind that nobody registered.</exception>
    public IEnumerable<StoreParcel> Read()
    {
        ThrowIfUnknown();
        return Parcels(Entities(), all => new StoreParcel { Entities = all })
            .Concat(Parcels(Messages(), all => new StoreParcel { Messages = all }))
            .Concat(Parcels(Deliveries(), all => new StoreParcel { Deliveries = all }))
            .Concat(Parcels(Work(), all => new StoreParcel { Work = all }))
            .Concat(Parcels(Claims(), all => new StoreParcel { Claims = all }));
    }

    private static IEnumerable<StoreParcel> Parcels<T>(IEnumerable<T> items, Func<T[], StoreParcel> parcel) => items.Chunk(Most).Select(parcel);

    private void ThrowIfUnknown()
    {
        var unknown = _image.Entities.All().Select(entity => entity.Schema).Distinct().Where(schema => !kinds.ContainsKey(schema)).ToList();
        if (unknown.Count > 0)
        {
            throw new InvalidOperationException(
                $"The journal holds entities of {string.Join(", ", unknown)}, and nobody registered an IEntityKind for them. Pass the services of a host with AddMessaging(), and register EntityKind<T> for entities of your own.");
        }
    }

    private IEnumerable<EntityChange> Entities() => _image.Entities.All().Select(entity => kinds[entity.Schema].Read(entity.Json));

    private IEnumerable<MovedMessage> Messages()
    {
        for (var row = 1; row < _image.Messages.End; row++)
        {
            _image.Trim();
            var (tenant, flags) = (_image.Messages[row].Tenant, _image.Messages[row].Flags);
            if (tenant > 0)
            {
                yield return new MovedMessage(
                    _image.Messages.ToRecord(row),
                    (flags & MessageFlags.IsBulk) != 0,
                    (flags & MessageFlags.IsRouted) != 0,
                    (flags & (MessageFlags.Drops | MessageFlags.Sensitive)) != 0);
            }
        }
    }

    private IEnumerable<MovedDelivery> Deliveries()
    {
        foreach (var row in InOrder())
        {
            _image.Trim();
            yield return Delivery(row);
        }
    }

    /// <summary>Rows are used again, so that their numbers tell nothing of the order.</summary>
    private int[] InOrder()
    {
        var (rows, numbers) = (new List<int>(), new List<long>());
        for (var row = 1; row < _image.Deliveries.Rows.End; row++)
        {
            _image.Trim();
            if (_image.Deliveries[row].Number is var number and > 0)
            {
                rows.Add(row);
                numbers.Add(number);
            }
        }

        var sorted = rows.ToArray();
        Array.Sort(numbers.ToArray(), sorted);
        return sorted;
    }

    private MovedDelivery Delivery(int row)
    {
        var record = memory.Operations.Reading.ToRecord(row);
        ref var delivery = ref _image.Deliveries[row];
        return new MovedDelivery(record.Delivery, record.State)
        {
            Timeline = [.. memory.Operations.Reading.ToTimeline(row).Where(entry => entry.Type != TimelineType.Accepted)],
            Receipts = Receipts(delivery),
            ParkKey = delivery.Work == 0 ? null : _image.Queue.ParkKeyOf(delivery.Work),
            Claims = delivery.Work == 0 ? 0 : _image.Queue[delivery.Work].Claims,
            Dropped = delivery.Has(DeliveryFlags.Dropped),
        };
    }

    private List<MovedReceipt> Receipts(in DeliveryRow delivery)
    {
        var receipts = new List<MovedReceipt>();
        foreach (var record in _image.Stories.Walk(delivery))
        {
            if (record.Has(StoryFields.ProviderId))
            {
                var id = System.Text.Encoding.UTF8.GetString(record.Receipt(out var account));
                receipts.Add(new MovedReceipt(_image.Names[account]!, id));
            }
        }

        return receipts;
    }

    private IEnumerable<MovedWork> Work()
    {
        for (var row = 1; row < _image.Queue.Items.End; row++)
        {
            if (_image.Queue.Items[row].Work is var work and > 0)
            {
                yield return Work(_image.Queue.Items[row], _image.Queue[work]);
            }
        }
    }

    private MovedWork Work(in ItemRow item, in WorkRow work) => new(
        new WorkItem
        {
            Id = item.Id,
            Kind = (WorkKind)item.Kind,
            Tenant = _image.Tenants[work.Tenant],
            Priority = (MessagePriority)work.Lane,
            DueAt = Ticks.ToInstant(work.Due),
            Payload = _image.Payloads.Get(item.Payload),
        },
        work.Claims);

    private IEnumerable<MovedClaim> Claims()
    {
        foreach (var (tenant, key, row) in _image.Idempotency.All())
        {
            if (tenant is not null && key is not null)
            {
                yield return new MovedClaim(
                    new TenantId(tenant), new IdempotencyClaim(key, row.Fingerprint, Ticks.ToInstant(row.KeepUntil)), new MessageId(row.Message));
            }
        }
    }
}
