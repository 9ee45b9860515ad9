using Messaging.Storage.EfCore.Schema;
using Messaging.Testing;
using Messaging.Testing.Contracts.Storage;
using Messaging.TestServers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Messaging.Storage.EfCore.Contracts;

internal sealed class EfCoreStoreFixture : StoreFixture
{
    private const string Clock = "CREATE OR REPLACE FUNCTION messaging.messaging_now() RETURNS bigint LANGUAGE sql STABLE AS ";

    private readonly Database _database;
    private readonly EfCoreStore _store;
    private DateTimeOffset _now = Some.Instant;

    private EfCoreStoreFixture(Database database)
    {
        _database = database;
        var options = new DbContextOptionsBuilder<MessagingDbContext>().UseNpgsql(database.ConnectionString).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options;
        _store = new EfCoreStore(new PooledDbContextFactory<MessagingDbContext>(options), () => new EfCoreStoreOptions(), TimeProvider.System);
        Limits = new EfCoreRateLimitStore(_store);
        Attachments = new EfCoreAttachmentStore(_store);
    }

    public override IMessageStore Store => _store;

    public override IWorkQueue Queue => _store;

    public override IMessageReader Reader => _store;

    public override IEntityStore Entities => _store;

    public override IRateLimitStore Limits { get; }

    public override IAttachmentStore Attachments { get; }

    public override DateTimeOffset Now => _now;

    public static async ValueTask<StoreFixture> CreateAsync() => new EfCoreStoreFixture(new Database(await PostgresDatabases.CreateAsync("messaging_clock", async empty =>
    {
        await new Database(empty).Runner().EnsureSchemaAsync();
        await new Database(empty).ScalarAsync($"{Clock}'SELECT {Some.Instant.UtcTicks}::bigint'");
    })));

    /// <summary>Moves the clock function, and does what the next claim and the next poll would do.</summary>
    public override async ValueTask AdvanceAsync(TimeSpan by)
    {
        _now += by;
        await _database.ScalarAsync($"{Clock}'SELECT {_now.UtcTicks}::bigint'");
        await _store.StartAsync(default);
        await _store.PromoteAsync(default);
        _store.Pulse();
    }

    public override async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await _database.DisposeAsync();
    }
}
