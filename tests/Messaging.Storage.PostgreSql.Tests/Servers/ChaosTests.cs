using Messaging.Storage.PostgreSql.Server;
using Messaging.TestServers;
using Messaging.Testing;

namespace Messaging.Storage.PostgreSql.Servers;

/// <summary>A server that loses power or throws its clients out, while messages are accepted, claimed and settled: what was acknowledged is there, and is settled once.</summary>
public sealed class ChaosTests
{
    [Fact]
    public async Task ServerLosesPower_UnderLoad_WhatWasAcknowledgedIsThere()
    {
        await using var server = await PostgresServer.StartAsync(isDurable: true);
        await RunAsync(server, rounds: 2, async () =>
        {
            await server.KillAsync();
            await server.StartAgainAsync();
        });
    }

    [Fact]
    public async Task BackendsAreTerminated_UnderLoad_WhatWasAcknowledgedIsThere()
    {
        var server = await TestCluster.ServerAsync();
        var database = $"chaos_{Guid.NewGuid():N}";
        await server.ExecuteAsync($"CREATE DATABASE {database}");
        await RunAsync(
            server,
            rounds: 5,
            () => server.ExecuteAsync($"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{database}' AND pid <> pg_backend_pid()"),
            database);
    }

    private static async Task RunAsync(PostgresServer server, int rounds, Func<Task> disturb, string database = "postgres")
    {
        await using var store = Work.Store(server.ConnectionString(database) + ";Timeout=10");
        await store.StartAsync(default);
        using var stop = new CancellationTokenSource();
        var load = new Load(store);
        var workers = new[] { load.ProduceAsync(stop.Token), load.ProduceAsync(stop.Token), load.ConsumeAsync(stop.Token), load.ConsumeAsync(stop.Token) };
        for (var round = 0; round < rounds; round++)
        {
            await load.AdvanceAsync(100);
            await disturb();
        }

        await load.AdvanceAsync(100);
        await stop.CancelAsync();
        await Task.WhenAll(workers);
        await load.CheckAsync();
    }

    /// <summary>Accepts and settles, whatever comes in between, and remembers what was answered.</summary>
    private sealed class Load(PostgreSqlStore store)
    {
        private readonly Lock _gate = new();
        private readonly List<StoredDelivery> _acknowledged = [];
        private readonly HashSet<DeliveryId> _settled = [];
        private TaskCompletionSource? _reached;
        private int _wanted;

        public async Task ProduceAsync(CancellationToken cancellationToken)
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var change = Work.Accept();
                if (await TryAsync(() => store.CommitAsync([change], default)) is [{ Status: ChangeStatus.Applied or ChangeStatus.Duplicate }])
                {
                    Acknowledge(change.Accept!.Deliveries[0]);
                }
            }
        }

        public async Task ConsumeAsync(CancellationToken cancellationToken)
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                foreach (var work in await TryAsync(() => store.ClaimAsync(Work.Claim(5), default)) ?? [])
                {
                    if (await TryAsync(() => store.CommitAsync([Work.Sent(work, Some.Instant)], default)) is [{ Status: ChangeStatus.Applied }])
                    {
                        Settle(work.Delivery!.Delivery.Id);
                    }
                }
            }
        }

        /// <summary>Waits until so many more were acknowledged.</summary>
        public async Task AdvanceAsync(int count)
        {
            Task reached;
            lock (_gate)
            {
                _wanted = _acknowledged.Count + count;
                _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                reached = _reached.Task;
            }

            await reached.WaitAsync(TimeSpan.FromSeconds(60));
        }

        public async Task CheckAsync()
        {
            foreach (var delivery in _acknowledged)
            {
                var record = await store.GetDeliveryAsync(delivery.Tenant, delivery.Id, default);
                Assert.NotNull(record);
                Assert.InRange(record.State.TotalAttempts, _settled.Contains(delivery.Id) ? 1 : 0, 1);
                Assert.True(!_settled.Contains(delivery.Id) || record.State.Work == WorkState.Done);
            }
        }

        private static async Task<T?> TryAsync<T>(Func<ValueTask<T>> act)
            where T : class
        {
            try
            {
                return await act();
            }
            catch (Exception e) when (e is Npgsql.NpgsqlException or MessagingStorageException or InvalidOperationException)
            {
                return null;
            }
        }

        private void Acknowledge(StoredDelivery delivery)
        {
            lock (_gate)
            {
                _acknowledged.Add(delivery);
                if (_acknowledged.Count >= _wanted)
                {
                    _reached?.TrySetResult();
                }
            }
        }

        private void Settle(DeliveryId id)
        {
            lock (_gate)
            {
                Assert.True(_settled.Add(id), "A delivery was settled twice.");
            }
        }
    }
}
