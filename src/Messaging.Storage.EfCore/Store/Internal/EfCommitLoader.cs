using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Schema;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Store;

/// <summary>Loads what a batch of changes touches. Payloads stay in the database: nobody who commits reads them.</summary>
internal sealed class EfCommitLoader(MessagingDbContext context, CommitKeys keys, WorkingSet set)
{
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await DeliveriesAsync(cancellationToken).ConfigureAwait(false);
        var touched = set.Deliveries.Rows.Select(row => row.Id).ToArray();
        await MessagesAsync(cancellationToken).ConfigureAwait(false);
        await WorkAsync(touched, cancellationToken).ConfigureAwait(false);
        await ListAsync(context.States.Where(row => touched.Contains(row.Id)), touched.Length, row => set.States.Load(row.Id, row), cancellationToken).ConfigureAwait(false);
        await IdempotencyAsync(cancellationToken).ConfigureAwait(false);
        await EntitiesAsync(cancellationToken).ConfigureAwait(false);
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        await NewAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Loads those that something happens to: named, or of a message whose payloads go.</summary>
    private Task DeliveriesAsync(CancellationToken cancellationToken)
    {
        Guid[] ids = [.. keys.Deliveries], dropped = [.. keys.DroppedMessages];
        return ListAsync(
            WithoutPayload(context.Deliveries.Where(row => ids.Contains(row.Id) || dropped.Contains(row.MessageId))), ids.Length + dropped.Length, Load, cancellationToken);
    }

    private Task MessagesAsync(CancellationToken cancellationToken)
    {
        Guid[] ids = [.. keys.JoinedMessages.Union(keys.DroppedMessages).Union(keys.NewMessages).Union(set.Deliveries.Rows.Select(row => row.MessageId))];
        return ListAsync(
            context.Messages.Where(row => ids.Contains(row.Id)).Select(row => new MessageRow
            {
                Id = row.Id,
                Tenant = row.Tenant,
                AcceptedAt = row.AcceptedAt,
                Category = row.Category,
                Template = row.Template,
                Reference = row.Reference,
                ExpiresAt = row.ExpiresAt,
                Sensitive = row.Sensitive,
                IsBulk = row.IsBulk,
                IsRouted = row.IsRouted,
                Drops = row.Drops,
            }),
            ids.Length,
            row => set.Messages.Load(row.Id, row),
            cancellationToken);
    }

    private async Task WorkAsync(Guid[] touched, CancellationToken cancellationToken)
    {
        Guid[] others = [.. keys.Work.Select(key => key.Id)];
        await ListAsync(
            context.Work.Where(row => (row.Kind == 0 && touched.Contains(row.Id)) || (row.Kind != 0 && others.Contains(row.Id))),
            touched.Length + others.Length,
            Load,
            cancellationToken).ConfigureAwait(false);
        foreach (var (key, most) in keys.ParkKeys)
        {
            await ListAsync(
                context.Work.Where(row => row.Stands == WorkStands.Parked && row.ParkKey == key).OrderBy(row => row.Place).Take(most), most, Load, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task IdempotencyAsync(CancellationToken cancellationToken)
    {
        string[] tenants = [.. keys.Idempotency.Select(key => key.Tenant).Distinct()], names = [.. keys.Idempotency.Select(key => key.Key)];
        return ListAsync(
            context.Idempotency.Where(row => tenants.Contains(row.Tenant) && names.Contains(row.Key)),
            names.Length,
            row => set.Idempotency.Load((row.Tenant, row.Key), row),
            cancellationToken);
    }

    private async Task EntitiesAsync(CancellationToken cancellationToken)
    {
        string[] schemas = [.. keys.Entities.Select(id => id.Schema).Distinct()], names = [.. keys.Entities.Select(id => id.Key)];
        await ListAsync(
            context.Entities.Where(row => schemas.Contains(row.Schema) && names.Contains(row.Key))
                .Select(row => new EntityRow { Schema = row.Schema, Tenant = row.Tenant, Key = row.Key, Version = row.Version }),
            names.Length,
            row => set.Entities.Load(new EntityId(row.Schema, row.Tenant, row.Key), row.Version),
            cancellationToken).ConfigureAwait(false);
        string[] values = [.. keys.UniqueValues.Select(value => value.Value)];
        await ListAsync(
            context.EntityValues.Where(row => row.IsUnique && schemas.Contains(row.Schema) && (names.Contains(row.Key) || values.Contains(row.Value))),
            names.Length,
            row => set.Entities.LoadUnique(new EntityValue(row.Schema, row.Index, row.Tenant, row.Value), row.Key),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts the open deliveries of messages that let go of payloads; a bulk keeps its own, unless it is told to let go.</summary>
    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        Guid[] ids = [.. set.Messages.Rows
            .Where(row => keys.DroppedMessages.Contains(row.Id) || ((row.Sensitive || row.Drops) && !row.IsBulk)).Select(row => row.Id)];
        if (ids.Length == 0)
        {
            return;
        }

        var open = await context.Deliveries.Where(row => ids.Contains(row.MessageId))
            .Join(context.Work.Where(work => work.Kind == 0), row => row.Id, work => work.Id, (row, _) => row.MessageId)
            .GroupBy(id => id).Select(group => new { Id = group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var id in ids)
        {
            set.Open[id] = open.Find(entry => entry.Id == id)?.Count ?? 0;
        }
    }

    private async Task NewAsync(CancellationToken cancellationToken)
    {
        Guid[] ids = [.. keys.NewDeliveries.Where(id => set.Deliveries.Find(id) is null)];
        await ListAsync(WithoutPayload(context.Deliveries.Where(row => ids.Contains(row.Id))), ids.Length, Load, cancellationToken).ConfigureAwait(false);
        Guid[] messages = [.. keys.Items.Select(item => item.Message).Distinct()];
        Guid?[] items = [.. keys.Items.Select(item => (Guid?)item.Item)];
        await ListAsync(
            context.Deliveries.Where(row => messages.Contains(row.MessageId) && row.ItemHash != null && items.Contains(row.ItemHash))
                .Select(row => new DeliveryRow { MessageId = row.MessageId, ItemHash = row.ItemHash }),
            items.Length,
            row => set.Items.Add((row.MessageId, row.ItemHash!.Value)),
            cancellationToken).ConfigureAwait(false);
        Guid[] events = [.. keys.EventKeys];
        await ListAsync(context.EventKeys.Where(row => events.Contains(row.Hash)), events.Length, row => set.EventKeys.Load(row.Hash, row), cancellationToken).ConfigureAwait(false);
    }

    private void Load(DeliveryRow row) => set.Deliveries.Load(row.Id, row);

    private void Load(WorkRow row) => set.Work.Load((row.Kind, row.Id), row);

    private static IQueryable<DeliveryRow> WithoutPayload(IQueryable<DeliveryRow> rows) => rows.Select(row => new DeliveryRow
    {
        Id = row.Id,
        Place = row.Place,
        MessageId = row.MessageId,
        Tenant = row.Tenant,
        Kind = row.Kind,
        Address = row.Address,
        AddressHash = row.AddressHash,
        Channel = row.Channel,
        Priority = row.Priority,
        AcceptedAt = row.AcceptedAt,
        ContactId = row.ContactId,
        Reference = row.Reference,
        PlanId = row.PlanId,
        PlanStep = row.PlanStep,
        ItemHash = row.ItemHash,
    });

    /// <summary>Reads rows, unless there is nothing to ask for.</summary>
    private static async Task ListAsync<TRow>(IQueryable<TRow> rows, int asked, Action<TRow> load, CancellationToken cancellationToken)
        where TRow : class
    {
        if (asked > 0)
        {
            foreach (var row in await rows.AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false))
            {
                load(row);
            }
        }
    }
}
