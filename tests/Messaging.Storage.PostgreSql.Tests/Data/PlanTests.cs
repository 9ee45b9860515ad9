using Messaging.Storage.PostgreSql.Reading;
using Messaging.Storage.PostgreSql.Server;
using Messaging.Testing;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Data;

/// <summary>The statements that run all the time go by the indexes that were made for them, however many rows there are.</summary>
public sealed class PlanTests : IAsyncLifetime
{
    private const int Backlog = 4_000;
    private PlanWatcher _plans = null!;
    private PostgreSqlStore _store = null!;

    public async Task InitializeAsync()
    {
        _plans = PlanWatcher.On(await TestCluster.DatabaseAsync());
        _store = Work.Store(_plans.Source);
        await Work.AcceptAsync(_store, Backlog);
        var later = Enumerable.Range(0, Backlog).Select(_ => Some.Accept(Some.StoredDelivery() with { Work = WorkState.Waiting, DueAt = Some.Instant.AddDays(9) })).ToArray();
        await _store.CommitAsync(later, default);
        await using var connection = await _plans.Source.OpenConnectionAsync();
        await using var analyze = new NpgsqlCommand("ANALYZE", connection);
        await analyze.ExecuteNonQueryAsync();
        _plans.Clear();
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _plans.DisposeAsync();
    }

    [Fact]
    public async Task Claim_LargeBacklog_GoesByTheLanesIndexWithoutSorting()
    {
        Assert.Equal(100, (await _store.ClaimAsync(Work.Claim(100), default)).Count);

        var claims = _plans.Of("claims = w.claims + 1");
        Assert.NotEmpty(claims);
        Assert.All(claims, claim => Assert.Contains("Index Scan using work_lane", claim, StringComparison.Ordinal));
        Assert.All(claims, claim => Assert.Contains("Tid Scan on work", claim, StringComparison.Ordinal));
        Assert.All(claims, claim => Assert.DoesNotContain("Sort Key", claim, StringComparison.Ordinal));
        AssertNoScan();
    }

    /// <summary>A row of which nothing changes that an index knows stays where it is for each of them: a claim, and a lease that is prolonged, writes the row only.</summary>
    [Fact]
    public async Task Claim_IndexesOfWork_KnowNothingThatItChanges()
    {
        await using var connection = await _plans.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT array_agg(DISTINCT a.attname::text ORDER BY a.attname::text) FROM pg_index i
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND (a.attnum = ANY (i.indkey) OR EXISTS (
              SELECT FROM pg_depend d
              WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid AND d.refobjid = i.indrelid AND d.refobjsubid = a.attnum))
            WHERE i.indrelid = 'messaging.work'::regclass
            """,
            connection);

        Assert.Equal(["due_at", "id", "kind", "lane", "park_key", "place", "stands", "turn"], Assert.IsType<string[]>(await command.ExecuteScalarAsync()));
    }

    [Fact]
    public async Task Claim_Rows_StayInTheirPages()
    {
        const string Pages = "SELECT w.id, (w.ctid::text::point)[0]::bigint FROM messaging.work w WHERE w.stands = 1 ORDER BY w.id";
        var before = await _store.Database.ListAsync(Pages, static reader => (reader.GetGuid(0), reader.GetInt64(1)), default);

        Assert.Equal(100, (await _store.ClaimAsync(Work.Claim(100), default)).Count);

        Assert.Equal(before, await _store.Database.ListAsync(Pages, static reader => (reader.GetGuid(0), reader.GetInt64(1)), default));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Claim_ManyDaysKept_OpensTheDaysOfWhatItFoundOnly(int most)
    {
        Assert.Equal(most, (await _store.ClaimAsync(Work.Claim(most), default)).Count);

        var content = Assert.Single(_plans.Of("d.payload,\n    m.accepted_at"));
        Assert.Equal(most <= 50 ? 3 : 2, content.Split("Subplans Removed").Length - 1);
    }

    [Fact]
    public async Task Settle_LargeBacklog_GoesByKey()
    {
        var claimed = await _store.ClaimAsync(Work.Claim(100), default);
        _plans.Clear();

        await _store.CommitAsync([.. claimed.Select(work => Work.Sent(work, Some.Instant))], default);

        var settle = Assert.Single(_plans.Of("DELETE FROM messaging.work"));
        Assert.Contains("Index Scan using work_pkey", settle, StringComparison.Ordinal);
        Assert.Contains("Index Cond: (id = ANY (ARRAY[x.id]))", settle, StringComparison.Ordinal);
        AssertNoScan();
    }

    [Fact]
    public async Task Promote_LargeScheduledBacklog_GoesByTheDueIndex()
    {
        await _store.Promoter.PromoteAsync(default);

        var promote = Assert.Single(_plans.Of("w.due_at <= at ORDER BY"));
        Assert.Contains("Index Scan using work_due", promote, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort Key", promote, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_LargeScheduledBacklog_LooksAtTheFirstOnly()
    {
        await _store.WaitForWorkAsync([], default);

        AssertNoScan();
    }

    [Fact]
    public async Task Commit_ItemsOfALargeBulk_ProbesForEachIdentityAndItemByIndex()
    {
        var bulk = Some.StoredMessage();
        await AcceptedAsync(Some.Accept(bulk));
        await AcceptedAsync(Items(bulk, 0, Backlog));
        _plans.Clear();

        await AcceptedAsync(Items(bulk, Backlog, 100));

        Assert.Contains(Filled("deliveries") + "_pkey", Assert.Single(_plans.Of("LATERAL (SELECT * FROM messaging.deliveries")), StringComparison.Ordinal);
        Assert.Contains(Filled("deliveries") + "_message_id_item_hash_idx", Assert.Single(_plans.Of("WITH begun")), StringComparison.Ordinal);
        AssertNoScan();
    }

    /// <summary>A prepared statement keeps its plan: what was planned on an empty day runs on a full one.</summary>
    [Fact]
    public async Task Commit_PlansOfAnEmptyStore_StillGoByIndex()
    {
        await using var plans = PlanWatcher.On(await TestCluster.DatabaseAsync() + ";Options=-c plan_cache_mode=force_generic_plan");
        await using var store = Work.Store(plans.Source);
        var bulk = Some.StoredMessage();
        await store.CommitAsync([Some.Accept(bulk)], default);
        plans.Clear();

        await store.CommitAsync(Items(bulk, 0, 1), default);

        Assert.All(plans.Of("LATERAL (SELECT * FROM messaging.deliveries"), plan => Assert.DoesNotContain("Seq Scan on deliveries", plan, StringComparison.Ordinal));
        Assert.All(plans.Of("WITH begun"), plan => Assert.DoesNotContain("Seq Scan on deliveries", plan, StringComparison.Ordinal));
        Assert.NotEmpty(plans.Of("WITH begun"));
    }

    /// <summary>What PostgreSQL thinks a statement costs grows with the tables; from some size on it would compile each, at every run.</summary>
    [Fact]
    public async Task Commit_StatementsThatSeemCostly_AreNotCompiled()
    {
        await using var plans = PlanWatcher.On(await TestCluster.DatabaseAsync() + ";Options=-c jit_above_cost=0");
        await using var store = Work.Store(plans.Source);
        var bulk = Some.StoredMessage();
        await store.CommitAsync([Some.Accept(bulk)], default);
        await using var connection = await plans.Source.OpenConnectionAsync();
        await using var costly = new NpgsqlCommand("SELECT count(*) FROM messaging.deliveries", connection);
        await costly.ExecuteScalarAsync();
        Assert.Contains("JIT:", Assert.Single(plans.Of("SELECT count(*) FROM messaging.deliveries")), StringComparison.Ordinal);
        plans.Clear();

        await store.CommitAsync(Items(bulk, 0, 10), default);
        Assert.NotEmpty(plans.Of("WITH begun"));

        Assert.DoesNotContain(plans.Of("LATERAL"), plan => plan.Contains("JIT:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("contact", "_contact_id_place_idx")]
    [InlineData("address", "_address_hash_idx")]
    [InlineData("reference", "_tenant_reference_place_idx")]
    [InlineData("message", "_message_id_place_idx")]
    [InlineData("tenant", "_tenant_place_idx")]
    public async Task Query_ByEachIndexedColumn_GoesByItsIndex(string what, string index)
    {
        var all = new DeliveryQuery { Tenant = TenantId.Default, Limit = 20 };
        var (statement, parameters) = DeliverySearch.Statement(what switch
        {
            "contact" => all with { ContactId = Some.ContactId() },
            "address" => all with { Address = Some.Address() },
            "reference" => all with { Reference = "reference" },
            "message" => all with { MessageId = Some.MessageId() },
            _ => all,
        });
        await using var connection = await _plans.Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("EXPLAIN " + statement, connection);
        command.Parameters.AddRange(parameters.ToArray());
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(0));
        }

        Assert.True(plan.Exists(line => line.Contains(index, StringComparison.Ordinal)), string.Join('\n', plan));
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan on " + Filled("deliveries"), StringComparison.Ordinal));
    }

    private static Change[] Items(StoredMessage bulk, int first, int count) =>
    [
        .. Enumerable.Range(first + 1, count).Select(i => new Change
        {
            Accept = new Acceptance { Deliveries = [Some.StoredDelivery(bulk) with { ItemHash = (UInt128)i }] },
        }),
    ];

    private async Task AcceptedAsync(params Change[] changes) =>
        Assert.All(await _store.CommitAsync(changes, default), result => Assert.Equal(ChangeStatus.Applied, result.Status));

    /// <summary>The partition that the test's rows are in: that of the day at which clocks of tests begin.</summary>
    private static string Filled(string table) => table + Some.Instant.UtcDateTime.ToString("'_d'yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);

    private void AssertNoScan()
    {
        Assert.Empty(_plans.Of("Seq Scan on work"));
        Assert.Empty(_plans.Of("Seq Scan on " + Filled("deliveries")));
        Assert.Empty(_plans.Of("Seq Scan on " + Filled("messages")));
    }
}
