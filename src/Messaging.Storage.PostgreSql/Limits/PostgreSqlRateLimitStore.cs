using Messaging.Channels;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql;

/// <summary>Counts permits for all nodes that share the database, by the generic cell rate algorithm (ITU-T I.371, virtual scheduling) and the database's clock. Safe for concurrent use.</summary>
/// <remarks>A call is one transaction of two round trips, however many permits it takes: a node takes those of all that it has claimed at once, as one block.</remarks>
public sealed class PostgreSqlRateLimitStore : IRateLimitStore
{
    private readonly PostgreSqlStore _store;
    private readonly Database _database;

    /// <summary>Initializes the store.</summary>
    /// <param name="store">The store whose database and connections it shares.</param>
    public PostgreSqlRateLimitStore(PostgreSqlStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        (_store, _database) = (store, store.Database);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RateDecision>> AcquireAsync(IReadOnlyList<RateCharge> charges, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(charges);
        var limits = LimitsOf(charges);
        await _store.StartAsync(cancellationToken).ConfigureAwait(false);
        var connection = await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = transaction.ConfigureAwait(false);
        var buckets = await LockAsync(connection, transaction, [.. limits.Order(StringComparer.Ordinal)], cancellationToken).ConfigureAwait(false);
        var decisions = new RateDecision[charges.Count];
        for (var i = 0; i < decisions.Length; i++)
        {
            decisions[i] = buckets.Acquire(charges[i]);
        }

        await CommitAsync(connection, transaction, buckets, cancellationToken).ConfigureAwait(false);
        return decisions;
    }

    private static HashSet<string> LimitsOf(IReadOnlyList<RateCharge> charges)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
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

    /// <summary>Makes the rows that are missing, then locks all by key: two nodes never wait for each other.</summary>
    private static async ValueTask<Buckets> LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string[] keys, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new($"SELECT {KeyLookup.NoScans}"),
                new("INSERT INTO messaging.buckets (key, arrival) SELECT k, 0 FROM unnest($1::text[]) k ON CONFLICT DO NOTHING") { Parameters = { new() { Value = keys } } },
                new("SELECT b.key, b.arrival FROM messaging.buckets b WHERE b.key = ANY ($1::text[]) ORDER BY b.key FOR UPDATE") { Parameters = { new() { Value = keys } } },
                new("SELECT messaging.messaging_now()"),
            },
        };
        await using var _ = batch.ConfigureAwait(false);
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var arrivals = new Dictionary<string, long>(keys.Length, StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            arrivals.Add(reader.GetString(0), reader.GetInt64(1));
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new Buckets(arrivals, reader.GetInt64(0));
    }

    /// <summary>Writes and commits in one round trip: all nodes wait for the rows that are locked here.</summary>
    private static async ValueTask CommitAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Buckets buckets, CancellationToken cancellationToken)
    {
        if (buckets.Taken.Count == 0)
        {
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new($"UPDATE messaging.buckets t SET arrival = x.arrival FROM unnest($1::text[], $2::bigint[]) AS x (key, arrival) WHERE {KeyLookup.Same("key")}")
                {
                    Parameters = { new() { Value = buckets.Taken.ToArray() }, new() { Value = buckets.Taken.Select(buckets.ArrivalOf).ToArray() } },
                },
                new("COMMIT"),
            },
        };
        await using var _ = batch.ConfigureAwait(false);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The buckets that a call names, locked.</summary>
    private sealed class Buckets(Dictionary<string, long> arrivals, long now)
    {
        public HashSet<string> Taken { get; } = new(StringComparer.Ordinal);

        public long ArrivalOf(string key) => arrivals[key];

        public RateDecision Acquire(RateCharge charge)
        {
            var (retryAt, limitedBy) = (now, -1);
            for (var i = 0; i < charge.Buckets.Count; i++)
            {
                var (key, limit) = charge.Buckets[i];
                if (Arrival(key, limit) - (Interval(limit) * (limit.Burst - 1L)) is var at && at > retryAt)
                {
                    (retryAt, limitedBy) = (at, i);
                }
            }

            if (limitedBy < 0)
            {
                foreach (var (key, limit) in charge.Buckets)
                {
                    arrivals[key] = Math.Max(now, Arrival(key, limit)) + Interval(limit);
                    Taken.Add(key);
                }
            }

            return new RateDecision(limitedBy < 0, new DateTimeOffset(retryAt, TimeSpan.Zero), limitedBy);
        }

        /// <summary>The time between two permits, rounded up so that the limit is never exceeded.</summary>
        private static long Interval(RateLimit limit) => (limit.Period.Ticks + limit.Permits - 1) / limit.Permits;

        /// <summary>An empty bucket owes no more than its burst, also after its limit was widened.</summary>
        private long Arrival(string key, RateLimit limit) =>
            arrivals[key] is var arrival && arrival > now ? Math.Min(arrival, now + (Interval(limit) * limit.Burst)) : now;
    }
}
