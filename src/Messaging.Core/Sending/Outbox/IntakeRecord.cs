using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Makes the record of a staged message that is not sent: its deliveries are done, and say why.</summary>
internal sealed class IntakeRecord(IdGenerator ids, TimeProvider time)
{
    /// <summary>The kind of an address that nobody knows: the recipient was named by a key, or could not be read.</summary>
    public const string UnknownKind = "unknown";

    private const int MaxText = 1_000;

    /// <summary>Makes a record of what cannot be accepted.</summary>
    public Change Failed(IntakeItem item, Why why) => Make(item, why, MessageEventType.Dead);

    /// <summary>Makes a record of what was wrong with the request.</summary>
    public Change Failed(IntakeItem item, IReadOnlyList<RequestProblem> problems)
    {
        var text = "It was staged, and could not be accepted after the commit. " + string.Join(" ", problems.Select(p => $"{p.Field}: {p.Text}"));
        return Failed(item, new Why(WhyCodes.IntakeFailed, text.Length > MaxText ? text[..MaxText] : text));
    }

    /// <summary>Makes a record of a request whose key was used before.</summary>
    public Change Repeated(IntakeItem item, ChangeResult result)
    {
        var first = result.Existing is { } id ? $" as the message {id}" : "";
        return result.Status == ChangeStatus.Conflict
            ? Make(item, new Why(WhyCodes.Conflict, $"The idempotency key was used before for another request, accepted{first}. Give the new request a key of its own."), MessageEventType.Dead)
            : Make(item, new Why(WhyCodes.Duplicate, $"The same request was accepted before{first}, under the same idempotency key."), MessageEventType.Suppressed);
    }

    private Change Make(IntakeItem item, Why why, MessageEventType fact)
    {
        var now = time.GetUtcNow();
        item.Buffer.Clear();
        var payload = item.Request is { } request ? MessagePayload.Write(item.Buffer, request, Kept(request)) : 0;
        var end = item.Buffer.Length;
        return new Change
        {
            Accept = new Acceptance
            {
                Message = Message(item, now, item.Buffer.Slice(payload, end)),
                Deliveries = Deliveries(item, now, why, Evidence.None.With(fact, now)),
            },
        };
    }

    private static StoredMessage Message(IntakeItem item, DateTimeOffset now, ReadOnlyMemory<byte> payload) => new()
    {
        Id = item.Message.Id,
        Tenant = item.Message.Tenant,
        AcceptedAt = now,
        Category = item.Request?.Category ?? Categories.Transactional,
        Template = item.Request?.Template?.Code,
        Reference = item.Request?.Reference,
        ExpiresAt = item.Request?.ExpiresAt,
        Sensitive = item.Request?.Sensitive ?? false,
        Payload = payload,
    };

    private StoredDelivery[] Deliveries(IntakeItem item, DateTimeOffset now, Why why, Evidence evidence)
    {
        var to = item.Request?.To ?? default;
        var deliveries = new StoredDelivery[Math.Max(1, to.Count)];
        for (var i = 0; i < deliveries.Length; i++)
        {
            var recipient = i < to.Count ? to[i] : null;
            deliveries[i] = new StoredDelivery
            {
                Id = new DeliveryId(ids.Next()),
                MessageId = item.Message.Id,
                Tenant = item.Message.Tenant,
                Address = recipient?.Address ?? new Address(UnknownKind, recipient?.ExternalId ?? recipient?.ContactId?.ToString() ?? UnknownKind),
                ContactId = recipient?.ContactId,
                Channel = item.Request?.Channel ?? item.Request?.Route ?? recipient?.Address?.Kind ?? UnknownKind,
                Priority = item.Request?.Priority ?? MessagePriority.Normal,
                AcceptedAt = now,
                Reference = item.Request?.Reference,
                Work = WorkState.Done,
                DueAt = now,
                Why = why,
                Evidence = evidence,
            };
        }

        return deliveries;
    }

    /// <summary>What travels as bytes stays, so that an operator can see what was meant to be sent.</summary>
    private static PayloadAttachment[] Kept(SendRequest request)
    {
        var kept = new PayloadAttachment[request.Attachments.Count];
        for (var i = 0; i < kept.Length; i++)
        {
            var attachment = request.Attachments[i];
            kept[i] = new PayloadAttachment
            {
                FileName = attachment.FileName,
                ContentType = attachment.ContentType,
                ContentId = attachment.ContentId,
                Kind = attachment.Source is null ? PayloadAttachment.Form.Inline : PayloadAttachment.Form.Deferred,
                Content = attachment.Content ?? default,
                Source = attachment.Source,
                Key = attachment.SourceKey,
            };
        }

        return kept;
    }
}
