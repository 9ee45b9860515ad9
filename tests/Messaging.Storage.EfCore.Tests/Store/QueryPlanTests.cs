using System.Globalization;
using Messaging.Storage.EfCore.Schema;
using Messaging.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Messaging.Storage.EfCore.Store;

/// <summary>Queries go along the indexes, whatever stands in the tables beside what they ask for.</summary>
public sealed class QueryPlanTests : IAsyncLifetime, IDisposable
{
    private readonly PlanRecorder _plans = new();
    private Database _database = null!;
    private EfCoreStore _store = null!;

    public async Task InitializeAsync()
    {
        _database = await Database.CurrentAsync();
        _store = new EfCoreStore(
            new PooledDbContextFactory<MessagingDbContext>(
                new DbContextOptionsBuilder<MessagingDbContext>().UseNpgsql(_database.ConnectionString).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).AddInterceptors(_plans).Options),
            () => new EfCoreStoreOptions(),
            TimeProvider.System);
        await FillAsync();
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Claim_BesideAHundredThousandScheduled_ReadsIndexesInOrderAndSortsNothing()
    {
        await _store.ClaimAsync(new ClaimRequest { Max = 10, LeaseFor = TimeSpan.FromMinutes(1), Owner = "test" }, default);

        Assert.Contains("Index Scan using work_lane on work", _plans.Plans, StringComparison.Ordinal);
        Assert.Contains("work_due", _plans.Plans, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on work", _plans.Plans, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort Key: w.turn", _plans.Plans, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_ByTenant_GoesAlongThePlaces()
    {
        await _store.QueryAsync(new DeliveryQuery { Tenant = new TenantId("t1"), Limit = 20 }, default);

        Assert.DoesNotContain("Seq Scan on deliveries", _plans.Plans, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reference")]
    [InlineData("address")]
    [InlineData("message")]
    [InlineData("contact")]
    public async Task Query_ByWhatIsIndexed_ReadsNoTableFromEndToEnd(string by)
    {
        var query = new DeliveryQuery { Tenant = new TenantId("t1") };
        await _store.QueryAsync(
            by switch
            {
                "reference" => query with { Reference = "r77" },
                "address" => query with { Address = new Address("email", "77@example.com") },
                "message" => query with { MessageId = new MessageId(new Guid("00000000-0000-0000-0000-000000000077")) },
                _ => query with { ContactId = new ContactId(new Guid("00000000-0000-0000-0000-000000000077")) },
            },
            default);

        Assert.DoesNotContain("Seq Scan on deliveries", _plans.Plans, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_OfAnAcceptance_ReadsNoTableFromEndToEnd()
    {
        var delivery = Some.StoredDelivery();
        await _store.CommitAsync([new Change { Accept = Some.Accept(delivery).Accept! with { Idempotency = new IdempotencyClaim("k", 1, DateTimeOffset.MaxValue) } }], default);

        Assert.DoesNotContain("Seq Scan on deliveries", _plans.Plans, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on work", _plans.Plans, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on messages", _plans.Plans, StringComparison.Ordinal);
    }

    private async Task FillAsync() => await _database.ScalarAsync(string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO messaging.messages (id, tenant, accepted_at, category, sensitive, is_bulk, is_routed, drops, payload)
        SELECT lpad(to_hex(i), 32, '0')::uuid, 't' || i % 50, 0, 'transactional', false, false, false, false, '' FROM generate_series(1, 20000) i;
        INSERT INTO messaging.deliveries (id, place, message_id, tenant, kind, address, address_hash, channel, priority, accepted_at, contact_id, reference, plan_step, payload)
        SELECT lpad(to_hex(i), 32, '0')::uuid, i, lpad(to_hex(i), 32, '0')::uuid, 't' || i % 50, 'email', i || '@example.com', i, 'email', 2, 0, lpad(to_hex(i), 32, '0')::uuid, 'r' || i, 0, ''
        FROM generate_series(1, 20000) i;
        INSERT INTO messaging.work (id, kind, tenant, lane, state, plain, cancel_requested, call, claims, turn, place, due_at, since, fence, claimed_at, lease_until)
        SELECT gen_random_uuid(), 3, 't' || i % 50, 2, CASE WHEN i <= 100 THEN 1 ELSE 0 END, true, false, 0, 0, i, i, {Some.Instant.AddYears(100).UtcTicks}, 0, 0, 0, 0 FROM generate_series(1, 100000) i;
        ANALYZE;
        """));
}
