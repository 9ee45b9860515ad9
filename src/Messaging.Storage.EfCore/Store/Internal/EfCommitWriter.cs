using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Schema;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Store;

/// <summary>Writes the differences of a working set.</summary>
internal sealed class EfCommitWriter(MessagingDbContext context, WorkingSet set)
{
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        await PlaceAsync(cancellationToken).ConfigureAwait(false);
        context.AddRange(set.Messages.Added);
        context.AddRange(set.Deliveries.Added);
        foreach (var row in set.Messages.Changed)
        {
            Update(row, row.Payload, payload => row.Payload = payload);
        }

        foreach (var row in set.Deliveries.Changed)
        {
            Update(row, row.Payload, payload => row.Payload = payload);
        }

        Write(set.States);
        Write(set.Work);
        context.RemoveRange(set.Work.Removed.Select(key => new WorkRow { Kind = key.Kind, Id = key.Id, Tenant = "" }));
        Write(set.Idempotency);
        context.AddRange(set.EventKeys.Added);
        context.AddRange(set.Timeline);
        await ReceiptsAsync(cancellationToken).ConfigureAwait(false);
        await EntitiesAsync(cancellationToken).ConfigureAwait(false);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Write<TKey, TRow>(RowSet<TKey, TRow> rows)
        where TKey : notnull
        where TRow : class
    {
        context.AddRange(rows.Added);
        context.UpdateRange(rows.Changed);
    }

    /// <summary>Writes a row again; its payload only when it was set.</summary>
    private void Update<TRow>(TRow row, byte[]? payload, Action<byte[]> set)
        where TRow : class
    {
        set(payload ?? []);
        var entry = context.Update(row);
        entry.Property(nameof(MessageRow.Payload)).IsModified = payload is not null;
    }

    /// <summary>Gives places to those that have none yet, in the order in which they came, then to the timeline.</summary>
    private async Task PlaceAsync(CancellationToken cancellationToken)
    {
        var wanted = new SortedSet<long>(Provisional().Where(place => place >= WorkingSet.FirstNewPlace));
        var places = await EfDatabase.PlacesAsync(context, wanted.Count + set.Timeline.Count, cancellationToken).ConfigureAwait(false);
        var given = wanted.Select((place, i) => (place, i)).ToDictionary(pair => pair.place, pair => places[pair.i]);
        Assign(given);
        for (var i = 0; i < set.Timeline.Count; i++)
        {
            set.Timeline[i].Place = places[wanted.Count + i];
        }
    }

    private IEnumerable<long> Provisional() =>
        set.Deliveries.Rows.Select(row => row.Place)
            .Concat(set.Work.Rows.Select(row => row.Place))
            .Concat(set.States.Rows.SelectMany(row => new[] { row.Place, row.ProviderPlace ?? 0 }))
            .Concat(set.Receipts.Select(row => row.Place));

    private void Assign(Dictionary<long, long> given)
    {
        foreach (var row in set.Deliveries.Rows)
        {
            row.Place = given.GetValueOrDefault(row.Place, row.Place);
        }

        foreach (var row in set.Work.Rows)
        {
            row.Place = given.GetValueOrDefault(row.Place, row.Place);
        }

        foreach (var row in set.States.Rows)
        {
            row.Place = given.GetValueOrDefault(row.Place, row.Place);
            row.ProviderPlace = row.ProviderPlace is { } place ? given.GetValueOrDefault(place, place) : null;
        }

        foreach (var row in set.Receipts)
        {
            row.Place = given.GetValueOrDefault(row.Place, row.Place);
        }
    }

    private async Task ReceiptsAsync(CancellationToken cancellationToken)
    {
        if (set.Receipts.Count == 0)
        {
            return;
        }

        Guid[] ids = [.. set.Receipts.Select(row => row.DeliveryId)];
        var there = await context.Receipts.AsNoTracking().Where(row => ids.Contains(row.DeliveryId))
            .Select(row => new { row.Account, row.ProviderId, row.DeliveryId }).ToListAsync(cancellationToken).ConfigureAwait(false);
        context.AddRange(set.Receipts
            .DistinctBy(row => (row.Account, row.ProviderId, row.DeliveryId))
            .Where(row => !there.Exists(known => known.Account == row.Account && known.ProviderId == row.ProviderId && known.DeliveryId == row.DeliveryId)));
    }

    private async Task EntitiesAsync(CancellationToken cancellationToken)
    {
        foreach (var (imprint, version, wasThere) in set.Entities.Changes)
        {
            var id = imprint.Id;
            if (wasThere)
            {
                await context.EntityValues
                    .Where(row => row.Schema == id.Schema && row.Tenant == id.Tenant && row.Key == id.Key)
                    .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            }

            var row = new EntityRow { Schema = id.Schema, Tenant = id.Tenant, Key = id.Key, Version = version, Json = imprint.Json ?? [] };
            if (imprint.Json is not null)
            {
                _ = wasThere ? context.Update(row) : context.Add(row);
                context.AddRange(imprint.Values.Select(value => new EntityValueRow
                {
                    Schema = id.Schema, Index = value.Value.Index, Tenant = id.Tenant, Value = value.Value.Value, Key = id.Key, IsUnique = value.IsUnique,
                }));
            }
            else if (wasThere)
            {
                context.Remove(row);
            }
        }
    }
}
