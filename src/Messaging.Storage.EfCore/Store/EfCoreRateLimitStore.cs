using Messaging.Storage.EfCore.Schema;
using Messaging.Storage.EfCore.Store;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore;

/// <summary>Counts permits for all nodes that share the database, by the generic cell rate algorithm (ITU-T I.371, virtual scheduling) and the database's clock. Safe for concurrent use.</summary>
/// <param name="store">The store whose database it shares.</param>
public sealed class EfCoreRateLimitStore(EfCoreStore store) : IRateLimitStore
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RateDecision>> AcquireAsync(IReadOnlyList<RateCharge> charges, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(charges);
        string[] keys = [.. KeysOf(charges)];
        await store.StartAsync(cancellationToken).ConfigureAwait(false);
        return await store.Database.WriteAsync(
            async (context, now) =>
            {
                var rows = await context.Buckets.AsTracking().Where(row => keys.Contains(row.Key)).ToDictionaryAsync(row => row.Key, cancellationToken).ConfigureAwait(false);
                foreach (var key in keys.Where(key => !rows.ContainsKey(key)))
                {
                    context.Add(rows[key] = new BucketRow { Key = key });
                }

                var buckets = new EfBuckets(rows, now);
                return charges.Select(buckets.Acquire).ToArray();
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static SortedSet<string> KeysOf(IReadOnlyList<RateCharge> charges)
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var charge in charges)
        {
            keys.UnionWith(charge.Buckets.Select(bucket => bucket.Key));
            if (charge.Buckets.DistinctBy(bucket => bucket.Key).Count() < charge.Buckets.Count)
            {
                throw new ArgumentException("A charge names one bucket twice. Take one permit of it, or make two charges.", nameof(charges));
            }
        }

        return keys;
    }
}
