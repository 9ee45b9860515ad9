namespace Messaging.Storage.Journal.Encoding;

/// <summary>Writes and reads deliveries.</summary>
internal static class DeliveryFormat
{
    public static void Write(RecordBuffer record, StoredDelivery delivery, StoredMessage? message)
    {
        var fields = FieldsOf(delivery, message);
        record.Number((int)fields);
        record.Guid(delivery.Id.Value);
        if ((fields & DeliveryFields.OfMessage) == 0)
        {
            record.Guid(delivery.MessageId.Value);
            record.Text(delivery.Tenant.Value);
            record.Int64(delivery.AcceptedAt.UtcTicks);
        }

        record.Text(delivery.Address.Kind);
        record.Text(delivery.Address.Value);
        record.Text(delivery.Channel);
        record.Byte((byte)(((int)delivery.Priority << 4) | (int)delivery.Work));
        WriteOptional(record, delivery, fields);
        record.Body(delivery.Payload.Span);
    }

    public static StoredDelivery Read(ref RecordCursor record, StoredMessage? message)
    {
        var fields = (DeliveryFields)record.Number();
        var id = new DeliveryId(record.Guid());
        var own = (fields & DeliveryFields.OfMessage) == 0;
        var messageId = own ? new MessageId(record.Guid()) : message!.Id;
        var tenant = own ? new TenantId(record.Text()!) : message!.Tenant;
        var acceptedAt = own ? record.Instant() : message!.AcceptedAt;
        var address = new Address(record.Text()!, record.Text()!);
        var channel = record.Text()!;
        var stands = record.Byte();
        return new StoredDelivery
        {
            Id = id,
            MessageId = messageId,
            Tenant = tenant,
            AcceptedAt = acceptedAt,
            Address = address,
            Channel = channel,
            Priority = (MessagePriority)(stands >> 4),
            Work = (WorkState)(stands & 15),
            ContactId = Has(fields, DeliveryFields.Contact) ? new ContactId(record.Guid()) : null,
            Reference = Has(fields, DeliveryFields.Reference) ? record.Text() : null,
            PlanId = Has(fields, DeliveryFields.Plan) ? new PlanId(record.Guid()) : null,
            PlanStep = Has(fields, DeliveryFields.Plan) ? record.Number() : 0,
            ItemHash = Has(fields, DeliveryFields.ItemHash) ? record.UInt128() : 0,
            DueAt = Has(fields, DeliveryFields.DueAt) ? record.Instant() : default,
            ParkKey = Has(fields, DeliveryFields.ParkKey) ? record.Text() : null,
            Why = Has(fields, DeliveryFields.Why) ? FactFormat.ReadWhy(ref record) : null,
            Evidence = Has(fields, DeliveryFields.Evidence) ? FactFormat.ReadEvidence(ref record) : Evidence.None,
            Attempt = Has(fields, DeliveryFields.Attempt) ? FactFormat.ReadAttempt(ref record) : null,
            ProviderId = Has(fields, DeliveryFields.ProviderId) ? record.Text() : null,
            Payload = record.Body(),
        };
    }

    private static bool Has(DeliveryFields fields, DeliveryFields field) => (fields & field) != 0;

    private static DeliveryFields FieldsOf(StoredDelivery delivery, StoredMessage? message) =>
        (message is not null && message.Id == delivery.MessageId && message.Tenant == delivery.Tenant && message.AcceptedAt == delivery.AcceptedAt
            ? DeliveryFields.OfMessage : 0)
        | (delivery.ContactId is null ? 0 : DeliveryFields.Contact)
        | (delivery.Reference is null ? 0 : DeliveryFields.Reference)
        | (delivery.PlanId is null ? 0 : DeliveryFields.Plan)
        | (delivery.ItemHash == 0 ? 0 : DeliveryFields.ItemHash)
        | (delivery.DueAt == default ? 0 : DeliveryFields.DueAt)
        | (delivery.ParkKey is null ? 0 : DeliveryFields.ParkKey)
        | (delivery.Why is null ? 0 : DeliveryFields.Why)
        | (delivery.Evidence.Entries.IsEmpty ? 0 : DeliveryFields.Evidence)
        | (delivery.Attempt is null ? 0 : DeliveryFields.Attempt)
        | (delivery.ProviderId is null ? 0 : DeliveryFields.ProviderId);

    private static void WriteOptional(RecordBuffer record, StoredDelivery delivery, DeliveryFields fields)
    {
        if (delivery.ContactId is { } contact)
        {
            record.Guid(contact.Value);
        }

        if (delivery.Reference is { } reference)
        {
            record.Text(reference);
        }

        if (delivery.PlanId is { } plan)
        {
            record.Guid(plan.Value);
            record.Number(delivery.PlanStep);
        }

        if (Has(fields, DeliveryFields.ItemHash))
        {
            record.UInt128(delivery.ItemHash);
        }

        if (Has(fields, DeliveryFields.DueAt))
        {
            record.Int64(delivery.DueAt.UtcTicks);
        }

        WriteFacts(record, delivery, fields);
    }

    private static void WriteFacts(RecordBuffer record, StoredDelivery delivery, DeliveryFields fields)
    {
        if (delivery.ParkKey is { } key)
        {
            record.Text(key);
        }

        if (delivery.Why is { } why)
        {
            FactFormat.Write(record, why);
        }

        if (Has(fields, DeliveryFields.Evidence))
        {
            FactFormat.Write(record, delivery.Evidence);
        }

        if (delivery.Attempt is { } attempt)
        {
            FactFormat.Write(record, attempt);
        }

        if (delivery.ProviderId is { } providerId)
        {
            record.Text(providerId);
        }
    }
}
