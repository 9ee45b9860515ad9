using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Migrating;
using Messaging.Storage.EfCore.Schema;
using Messaging.Storage.EfCore.Store;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore;

/// <summary>Keeps messages, work and entities in a relational database through EF Core, in LINQ alone. Several processes may share it. Safe for concurrent use.</summary>
/// <remarks>
/// Every write is a serializable transaction, and one process writes one at a time: right on any provider, and slower than a store that
/// speaks a database's own words. On PostgreSQL <c>UsePostgreSql</c> works on the same tables. All leases, waits and limits go by the database's clock.
/// </remarks>
public sealed class EfCoreStore : IMessageStore, IWorkQueue, IMessageReader, IEntityStore, IDisposable
{
    private const int MaxRounds = 10;

    private readonly Turns _turns = new();
    private readonly CommitRunner _runner;
    private readonly EfClaimer _claimer;
    private readonly EfQueue _queue;
    private readonly EfHistory _history;
    private readonly EfSearch _search;
    private readonly EfEntities _entities;
    private readonly EfStart _start;

    internal EfCoreStore(IDbContextFactory<MessagingDbContext> contexts, Func<EfCoreStoreOptions> options, TimeProvider time)
    {
        Database = new EfDatabase(contexts, time);
        _start = new EfStart(new SchemaRunner(contexts.CreateDbContext), Database, _turns, options);
        _runner = new CommitRunner(new EfCommitDialect(Database), _turns);
        _claimer = new EfClaimer(Database, _turns);
        _queue = new EfQueue(Database, () => options().PollInterval, time);
        _history = new EfHistory(Database);
        _search = new EfSearch(Database);
        _entities = new EfEntities(Database);
        Retention = new EfRetention(Database, () => options().KeepHistoryFor);
    }

    internal EfDatabase Database { get; }

    internal EfRetention Retention { get; }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ChangeResult>> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ChangeArguments.Check(changes);
        await StartAsync(cancellationToken).ConfigureAwait(false);
        if (changes.Count == 0)
        {
            return [];
        }

        var results = await RunAsync(changes, cancellationToken).ConfigureAwait(false);
        Pulse();
        return results;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LeasedWork>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Max, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(request.LeaseFor, TimeSpan.Zero);
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _claimer.ClaimAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LeaseToken>> ExtendAsync(IReadOnlyList<LeaseToken> leases, TimeSpan leaseFor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leases);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(leaseFor, TimeSpan.Zero);
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return leases.Count == 0 ? [] : await _queue.ExtendAsync(leases, leaseFor, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask WaitForWorkAsync(IReadOnlyList<WorkKind> kinds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        await StartAsync(cancellationToken).ConfigureAwait(false);
        await _queue.WaitAsync(kinds, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<QueueDepth> MeasureAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _queue.MeasureAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredMessage?> GetMessageAsync(TenantId tenant, MessageId id, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _history.MessageAsync(tenant, id, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<DeliveryRecord?> GetDeliveryAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _history.DeliveryAsync(tenant, id, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<DeliveryRecord?> FindForReceiptAsync(DeliveryId? id, string account, string? providerId, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _history.ForReceiptAsync(id, account, providerId, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TimelineEntry>> GetTimelineAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _history.TimelineAsync(tenant, id, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<Page<DeliverySummary>> QueryAsync(DeliveryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _search.QueryAsync(query, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<DeliveryStatistics> CountAsync(StatisticsQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _search.CountAsync(query, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<Versioned<T>?> GetAsync<T>(TenantId tenant, string key, CancellationToken cancellationToken)
        where T : class, IEntity<T>
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _entities.GetAsync<T>(tenant, key, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<Page<Versioned<T>>> FindAsync<T>(EntityQuery query, CancellationToken cancellationToken)
        where T : class, IEntity<T>
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _entities.FindAsync<T>(query, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _start.Dispose();
        Database.Dispose();
    }

    /// <summary>Makes ready what has become due; every claim does it too.</summary>
    internal ValueTask PromoteAsync(CancellationToken cancellationToken) => _claimer.PromoteAsync(cancellationToken);

    /// <summary>Wakes those who wait for work in this process.</summary>
    internal void Pulse() => _queue.Pulse();

    /// <summary>Looks at the schema, once.</summary>
    internal ValueTask StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _start.EnsureAsync(cancellationToken);
    }

    private async ValueTask<IReadOnlyList<ChangeResult>> RunAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        using var turn = await Database.EnterAsync(cancellationToken).ConfigureAwait(false);
        for (var rounds = 1; ; rounds++)
        {
            try
            {
                var context = Database.Create();
                await using (context.ConfigureAwait(false))
                {
                    // A strategy of the host's that tries again wraps the whole batch.
                    return await context.Database.CreateExecutionStrategy().ExecuteAsync(
                        token => _runner.RunAsync(changes, token).AsTask(), cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (rounds < MaxRounds && EfDatabase.IsTransient(e))
            {
                await Database.PauseAsync(rounds, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
