using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Commit;
using Messaging.Storage.PostgreSql.Data;
using Messaging.Storage.PostgreSql.Maintenance;
using Messaging.Storage.PostgreSql.Queue;
using Messaging.Storage.PostgreSql.Reading;

namespace Messaging.Storage.PostgreSql;

/// <summary>Keeps messages, work and entities in PostgreSQL, for as many processes as share the database. Safe for concurrent use.</summary>
/// <remarks>
/// <para>What a commit answers is as durable as the server's <c>synchronous_commit</c> makes it. All leases, waits and limits go by the database's clock.</para>
/// <para>Callers who commit at once are joined into one transaction; each is answered when that is durable. Within a tenant, what became ready
/// first goes first on each node; between nodes the order may differ by about a second.</para>
/// <para>When the connection is lost during the commit itself, the batch runs again: what was stored by then answers as a repeat,
/// <see cref="ChangeStatus.Duplicate"/> of itself or <see cref="ChangeStatus.Stale"/>.</para>
/// </remarks>
public sealed partial class PostgreSqlStore : IMessageStore, IWorkQueue, IMessageReader, IEntityStore, IStoreImport, IDisposable, IAsyncDisposable
{
    private readonly Database _database;
    private readonly StoreStart _start;
    private readonly WorkSignal _signal = new();
    private readonly Committer _committer;
    private readonly Claimer _claimer;
    private readonly LeaseExtender _extender;
    private readonly WorkWaiter _waiter;
    private readonly DepthGauge _gauge;
    private readonly MessageReading _messages;
    private readonly DeliverySearch _search;
    private readonly DeliveryCount _count;
    private readonly EntitySearch _entities;

    /// <summary>Initializes the store; it connects at the first call.</summary>
    /// <param name="options">How to use the database.</param>
    /// <param name="time">Measures waits in this process; what is due is decided by the database's clock.</param>
    public PostgreSqlStore(PostgreSqlOptions options, TimeProvider time)
        : this(options, time, new Database(options))
    {
    }

    internal PostgreSqlStore(PostgreSqlOptions options, TimeProvider time, Database database)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _database = database;
        Time = time;
        _start = new StoreStart(database, Turns, options);
        News = new WorkNews(database, _signal, Node, time);
        Promoter = new Promoter(database, Turns);
        _committer = new Committer(database, Turns, Fresh);
        _claimer = new Claimer(database, Turns, Promoter, Fresh, time);
        _extender = new LeaseExtender(database);
        _waiter = new WorkWaiter(database, _signal, options, time);
        _gauge = new DepthGauge(database, time);
        _messages = new MessageReading(database);
        _search = new DeliverySearch(database);
        _count = new DeliveryCount(database);
        _entities = new EntitySearch(database);
    }

    internal Database Database => _database;

    internal TimeProvider Time { get; }

    /// <summary>Gets what this process is called among those that share the database.</summary>
    internal string Node { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    internal WorkNews News { get; }

    internal Turns Turns { get; } = new();

    internal FreshContents Fresh { get; } = new();

    internal Promoter Promoter { get; }

    internal WorkSignal Signal => _signal;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ChangeResult>> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        cancellationToken.ThrowIfCancellationRequested();
        ChangeArguments.Check(changes);
        await StartAsync(cancellationToken).ConfigureAwait(false);
        var results = await _committer.CommitAsync(changes, cancellationToken).ConfigureAwait(false);
        if (CommitRoutes.MayBringWork(changes))
        {
            _signal.Pulse();
            News.Tell();
        }

        return results;
    }

    /// <summary>Closes the suite's own connections.</summary>
    public void Dispose()
    {
        _start.Dispose();
        _database.Dispose();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _start.Dispose();
        return _database.DisposeAsync();
    }

    /// <summary>Looks at the schema, once.</summary>
    internal ValueTask StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _start.EnsureAsync(cancellationToken);
    }
}
