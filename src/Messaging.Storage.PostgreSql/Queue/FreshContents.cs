using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Reading;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>
/// Remembers for a moment what this process has stored, so that a claim right after need not read it back. It is asked only for deliveries that are
/// plain: of those nothing has changed since they were accepted, whoever looks. Safe for concurrent use.
/// </summary>
/// <remarks>It forgets what is older than two rounds of <see cref="Age"/>, and earlier when there is much: a backlog is read from the database.</remarks>
internal sealed class FreshContents
{
    /// <summary>How many deliveries make a generation; there are two.</summary>
    public const int Most = 1024;

    /// <summary>Payloads that are larger, in bytes, are not kept: they are few, and cost more to keep than to read.</summary>
    public const int LargestPayload = 8 * 1024;

    private readonly Lock _gate = new();
    private Dictionary<Guid, Content> _young = [];
    private Dictionary<Guid, Content> _old = [];

    /// <summary>Takes in what a commit has stored: deliveries that are ready to be claimed.</summary>
    public void Add(WorkingSet stored)
    {
        StoredMessage? last = null;
        lock (_gate)
        {
            foreach (var work in stored.Work.Added)
            {
                if (work is not { Kind: (short)WorkKind.Deliver, State: (short)WorkState.Ready, Plain: true }
                    || stored.Deliveries.Find(work.Id) is not { } delivery
                    || stored.Messages.Find(delivery.MessageId) is not { } message
                    || message.Payload.Length + delivery.Payload.Length > LargestPayload)
                {
                    continue;
                }

                last = last?.Id.Value == message.Id ? last : AcceptedRows.ToMessage(message);
                Add(work.Id, new Content(last, AcceptedRows.ToDelivery(delivery)));
            }
        }
    }

    /// <summary>Takes out what is known of a delivery that was claimed.</summary>
    /// <returns><see langword="null"/> when nothing is known of it, or it is not plain.</returns>
    public DeliveryRecord? Take(in ClaimedRow row)
    {
        if (!row.IsPlain)
        {
            return null;
        }

        Content content;
        lock (_gate)
        {
            if (!_young.Remove(row.Lease.WorkId, out content) && !_old.Remove(row.Lease.WorkId, out content))
            {
                return null;
            }
        }

        return new DeliveryRecord(content.Message, content.Delivery, RecordReading.PlainState(row.Place));
    }

    /// <summary>Begins a new generation.</summary>
    public void Age()
    {
        lock (_gate)
        {
            Turn();
        }
    }

    private void Add(Guid id, Content content)
    {
        if (_young.Count >= Most)
        {
            Turn();
        }

        _young[id] = content;
    }

    private void Turn()
    {
        _old.Clear();
        (_young, _old) = (_old, _young);
    }

    private readonly record struct Content(StoredMessage Message, StoredDelivery Delivery);
}
