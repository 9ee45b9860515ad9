using Messaging.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Storage.EfCore.Outbox;

public sealed class ContextOutboxTests : IAsyncLifetime
{
    private OutboxHost _host = null!;

    public async Task InitializeAsync() => _host = await OutboxHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task SendAsync_ThenSaveChanges_IsSentUnderThePromisedId()
    {
        var receipt = await _host.InScopeAsync(async db =>
        {
            db.Orders.Add(new Order { Id = Guid.NewGuid() });
            var staged = await db.Messaging().SendAsync(Some.Request());
            await db.SaveChangesAsync();
            return staged;
        });

        await _host.Messaging.DrainAsync();

        Assert.Equal(SendStatus.Staged, receipt.Status);
        Assert.Equal(receipt.MessageId, _host.Messaging.Single<EmailMessage>().MessageId);
        Assert.Equal(0, await _host.StagedAsync());
    }

    [Fact]
    public async Task SendAsync_WithoutSaveChanges_IsNotSent()
    {
        await _host.InScopeAsync(db => db.Messaging().SendAsync(Some.Request()));

        await _host.Messaging.DrainAsync();

        Assert.Empty(_host.Messaging.Sent);
    }

    [Fact]
    public async Task SendAsync_TransactionRolledBackAfterSaveChanges_IsNotSent()
    {
        await _host.InScopeAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Messaging().SendAsync(Some.Request());
            await db.SaveChangesAsync();
            await _host.Messaging.DrainAsync();
            await transaction.RollbackAsync();
            return 0;
        });

        await _host.Messaging.DrainAsync();

        Assert.Empty(_host.Messaging.Sent);
    }

    [Fact]
    public async Task SendAsync_SeveralSaveChangesInOneTransaction_AreSentAfterTheCommitInOrder()
    {
        var sent = await _host.InScopeAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            List<MessageId> ids = [];
            for (var i = 0; i < 3; i++)
            {
                ids.Add((await db.Messaging().SendAsync(Some.Request())).MessageId);
                await db.SaveChangesAsync();
            }

            await _host.Messaging.DrainAsync();
            Assert.Empty(_host.Messaging.Sent);
            await transaction.CommitAsync();
            return ids;
        });

        await _host.Messaging.DrainAsync();

        Assert.Equal(sent, _host.Messaging.Sent.Select(m => m.MessageId));
    }

    [Fact]
    public async Task SendAsync_SeveralRequestsOneOfThemWrong_StagesNoneAndNamesItsPlace()
    {
        await _host.InScopeAsync(async db =>
        {
            var error = await Assert.ThrowsAsync<InvalidSendRequestException>(
                () => db.Messaging().SendAsync([Some.Request(), Some.Request() with { To = Recipient.Email("x") }]));
            Assert.StartsWith("[1].To[0]", Assert.Single(error.Problems).Field, StringComparison.Ordinal);
            return await db.SaveChangesAsync();
        });

        Assert.Equal(0, await _host.StagedAsync());
    }

    [Fact]
    public async Task ForTenant_OfAMessage_IsItsTenant()
    {
        var receipt = await _host.InScopeAsync(async db =>
        {
            var staged = await db.Messaging().ForTenant(new TenantId("salon")).SendAsync(Some.Request());
            await db.SaveChangesAsync();
            return staged;
        });

        await _host.Messaging.DrainAsync();

        Assert.NotNull(await _host.History.GetAsync(new TenantId("salon"), receipt.MessageId));
    }

    [Fact]
    public async Task SendAsync_DuplicateKeyInTwoTransactions_DisturbsNeitherAndIsToldInHistory()
    {
        var request = Some.Request() with { IdempotencyKey = "booking-1" };
        List<SendReceipt> receipts = [];
        for (var i = 0; i < 2; i++)
        {
            receipts.Add(await _host.InScopeAsync(async db =>
            {
                var staged = await db.Messaging().SendAsync(request);
                await db.SaveChangesAsync();
                return staged;
            }));
        }

        await _host.Messaging.DrainAsync();

        Assert.Single(_host.Messaging.Sent);
        var second = (await _host.History.GetAsync(TenantId.Default, receipts[1].MessageId))!;
        Assert.Equal(WhyCodes.Duplicate, Assert.Single(second.Deliveries).Why?.Code);
    }

    [Fact]
    public async Task Messaging_OnAContextWithoutTheModel_NamesTheCure()
    {
        await using var host = await OutboxHost.StartAsync((services, database) => services
            .AddDbContext<HostContext>(o => o.UseNpgsql(database)).AddDbContext<PlainContext>(o => o.UseNpgsql(database)));
        await using var scope = host.Services.CreateAsyncScope();

        var error = Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<PlainContext>().Messaging());

        Assert.Contains("modelBuilder.AddMessaging()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messaging_OnAContextMadeByHand_NamesTheCure()
    {
        await using var context = new HostContext(new DbContextOptionsBuilder<HostContext>().UseNpgsql(_host.Database).Options);

        var error = Assert.Throws<InvalidOperationException>(() => context.Messaging());

        Assert.Contains("UseApplicationServiceProvider", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messaging_OnAContextThatNobodyDrains_NamesTheCure()
    {
        var services = new ServiceCollection();
        services.AddMessaging(m => m.AddTestChannel("email"));
        services.AddDbContext<HostContext>(o => o.UseNpgsql(_host.Database));
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();

        var error = Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<HostContext>().Messaging());

        Assert.Contains("AddOutbox<HostContext>()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_WithAnOutboxWhoseModelLacksTheTable_DoesNotStart()
    {
        var services = new ServiceCollection();
        services.AddMessaging(m => m.AddOutbox<PlainContext>());
        services.AddDbContext<PlainContext>(o => o.UseNpgsql(_host.Database));
        await using var provider = services.BuildServiceProvider();
        var check = provider.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<OutboxCheck>().Single();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => check.StartingAsync(default));

        Assert.Contains("PlainContext", error.Message, StringComparison.Ordinal);
        Assert.Contains("modelBuilder.AddMessaging()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_PooledContextsAndRetries_SendsEachOnce()
    {
        await using var host = await OutboxHost.StartAsync((services, database) =>
            services.AddDbContextPool<HostContext>(o => o.UseNpgsql(database, npgsql => npgsql.EnableRetryOnFailure())));
        for (var i = 0; i < 3; i++)
        {
            await host.InScopeAsync(async db =>
            {
                await db.Messaging().SendAsync(Some.Request());
                var strategy = db.Database.CreateExecutionStrategy();
                await strategy.ExecuteAsync(async () =>
                {
                    await using var transaction = await db.Database.BeginTransactionAsync();
                    await db.SaveChangesAsync();
                    await transaction.CommitAsync();
                });
                return 0;
            });
        }

        await host.Messaging.DrainAsync();

        Assert.Equal(3, host.Messaging.Sent.Count);
    }

    [Fact]
    public async Task Messaging_OnAnAdoNetTransaction_IsSentIfAndOnlyIfItCommits()
    {
        await using var connection = new Npgsql.NpgsqlConnection(_host.Database);
        await connection.OpenAsync();
        await using (var back = await connection.BeginTransactionAsync())
        {
            await back.Messaging(_host.Services).SendAsync(Some.Request());
            await back.RollbackAsync();
        }

        SendReceipt receipt;
        await using (var through = await connection.BeginTransactionAsync())
        {
            receipt = await through.Messaging<HostContext>(_host.Services).ForTenant(TenantId.Default).SendAsync(Some.Request());
            await _host.Messaging.DrainAsync();
            Assert.Empty(_host.Messaging.Sent);
            await through.CommitAsync();
        }

        await _host.Messaging.DrainAsync();

        Assert.Equal(receipt.MessageId, Assert.Single(_host.Messaging.Sent).MessageId);
    }
}
