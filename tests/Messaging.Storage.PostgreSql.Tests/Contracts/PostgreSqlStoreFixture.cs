using Messaging.Storage.PostgreSql.Server;
using Messaging.Testing.Contracts.Storage;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Contracts;

internal sealed class PostgreSqlStoreFixture : StoreFixture
{
    private readonly ManualClock _clock;
    private readonly PostgreSqlStore _store;

    private PostgreSqlStoreFixture(string connectionString, bool forgets)
    {
        _clock = new ManualClock(connectionString);
        _store = new PostgreSqlStore(new PostgreSqlOptions { ConnectionString = connectionString, MaxConnections = 20 }, TimeProvider.System);
        Store = forgets ? new ForgettingStore(_store) : _store;
        Limits = new PostgreSqlRateLimitStore(_store);
        Attachments = new PostgreSqlAttachmentStore(_store);
    }

    public override IMessageStore Store { get; }

    public override IWorkQueue Queue => _store;

    public override IMessageReader Reader => _store;

    public override IEntityStore Entities => _store;

    public override IRateLimitStore Limits { get; }

    public override IAttachmentStore Attachments { get; }

    public override DateTimeOffset Now => _clock.Now;

    /// <summary>Makes a database.</summary>
    /// <param name="forgets">Whether the store forgets what it has just stored, so that each claim has to read it.</param>
    public static async ValueTask<StoreFixture> CreateAsync(bool forgets = false) => new PostgreSqlStoreFixture(await TestCluster.DatabaseAsync(), forgets);

    /// <summary>Moves the clock function, and does what maintenance would do a moment later.</summary>
    public override async ValueTask AdvanceAsync(TimeSpan by)
    {
        await _clock.AdvanceAsync(by);
        await _store.Promoter.PromoteAsync(default);
        _store.Signal.Pulse();
    }

    public override async ValueTask DisposeAsync() => await _store.DisposeAsync();

    private sealed class ForgettingStore(PostgreSqlStore store) : IMessageStore
    {
        public async ValueTask<IReadOnlyList<ChangeResult>> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
        {
            try
            {
                return await store.CommitAsync(changes, cancellationToken);
            }
            finally
            {
                Work.Forget(store);
            }
        }
    }
}
