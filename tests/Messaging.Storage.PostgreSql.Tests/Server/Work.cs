using Messaging.Testing;

namespace Messaging.Storage.PostgreSql.Server;

/// <summary>Short words for what tests do with a store.</summary>
internal static class Work
{
    public static PostgreSqlStore Store(string connectionString) =>
        new(new PostgreSqlOptions { ConnectionString = connectionString, MaxConnections = 12, PollInterval = TimeSpan.FromMilliseconds(100) }, TimeProvider.System);

    public static PostgreSqlStore Store(Npgsql.NpgsqlDataSource source) => new(new PostgreSqlOptions { DataSource = source }, TimeProvider.System);

    public static Change Accept(TenantId? tenant = null, MessagePriority priority = MessagePriority.Normal) =>
        Some.Accept(Some.StoredDelivery() with { Tenant = tenant ?? TenantId.Default, Priority = priority });

    public static ClaimRequest Claim(int max, TimeSpan? leaseFor = null) => new() { Max = max, LeaseFor = leaseFor ?? TimeSpan.FromMinutes(1), Owner = "test" };

    public static Change Sent(LeasedWork work, DateTimeOffset at) => new()
    {
        Settles =
        [
            new Settlement
            {
                Lease = work.Lease,
                Next = WorkState.Done,
                At = at,
                Proves = MessageEventType.Submitted,
                Attempt = new AttemptOutcome("email", at, TimeSpan.FromMilliseconds(3), MessageEventType.Submitted),
            },
        ],
    };

    public static async Task AcceptAsync(PostgreSqlStore store, int count, TenantId? tenant = null)
    {
        var results = await store.CommitAsync([.. Enumerable.Range(0, count).Select(_ => Accept(tenant))], default);
        Assert.All(results, result => Assert.Equal(ChangeStatus.Applied, result.Status));
    }

    /// <summary>Has a store forget what it has just stored, so that a claim has to read it.</summary>
    public static void Forget(PostgreSqlStore store)
    {
        store.Fresh.Age();
        store.Fresh.Age();
    }
}
