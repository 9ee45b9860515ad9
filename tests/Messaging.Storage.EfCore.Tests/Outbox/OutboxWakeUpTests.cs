using Messaging.Testing;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Outbox;

public sealed class OutboxWakeUpTests : IAsyncLifetime
{
    private OutboxHost _host = null!;

    private IIntakeSource Source => _host.Get<IIntakeSource>();

    public async Task InitializeAsync() => _host = await OutboxHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task WaitAsync_AfterSaveChanges_Completes()
    {
        var wait = Source.WaitAsync(default);

        await _host.InScopeAsync(async db =>
        {
            await db.Messaging().SendAsync(Some.Request());
            Assert.False(wait.IsCompleted);
            return await db.SaveChangesAsync();
        });

        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitAsync_SavedInATransaction_CompletesAtTheCommit()
    {
        var wait = Source.WaitAsync(default);

        await _host.InScopeAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Messaging().SendAsync(Some.Request());
            await db.SaveChangesAsync();
            Assert.False(wait.IsCompleted);
            await transaction.CommitAsync();
            return 0;
        });

        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitAsync_OtherChangesSaved_GoesOn()
    {
        var wait = Source.WaitAsync(default);

        await _host.InScopeAsync(db =>
        {
            db.Orders.Add(new Order { Id = Guid.NewGuid() });
            return db.SaveChangesAsync();
        });

        Assert.False(wait.IsCompleted);
    }
}
