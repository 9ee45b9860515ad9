using Messaging.Storage.EfCore.Contracts;
using Messaging.Testing;
using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.EfCore.Store;

public sealed class EfRetentionTests : IAsyncLifetime
{
    private StoreFixture _fixture = null!;

    private EfCoreStore Store => (EfCoreStore)_fixture.Store;

    public async Task InitializeAsync() => _fixture = await EfCoreStoreFixture.CreateAsync();

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task RunAsync_AMonthAfterTheEnd_TakesTheDeliveryAndKeepsItsCount()
    {
        var (ended, waiting) = (Some.StoredDelivery(), Some.StoredDelivery());
        await AcceptAsync(ended with { Work = WorkState.Done, Evidence = Evidence.None.With(MessageEventType.Suppressed, _fixture.Now) });
        await AcceptAsync(waiting);
        await _fixture.AdvanceAsync(TimeSpan.FromDays(29));
        Assert.Equal(0, await Store.Retention.RunAsync(default));

        await _fixture.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(1, await Store.Retention.RunAsync(default));

        Assert.Null(await Store.GetDeliveryAsync(ended.Tenant, ended.Id, default));
        Assert.Null(await Store.GetMessageAsync(ended.Tenant, ended.MessageId, default));
        Assert.NotNull(await Store.GetDeliveryAsync(waiting.Tenant, waiting.Id, default));
        var counts = await Store.CountAsync(new StatisticsQuery { Tenant = ended.Tenant }, default);
        Assert.Equal((2, 1), (counts.Total, counts[DeliveryStatus.Suppressed]));
        Assert.Equal(0, await Store.Retention.RunAsync(default));
    }

    private async Task AcceptAsync(StoredDelivery delivery) =>
        Assert.Equal(ChangeStatus.Applied, (await Store.CommitAsync([Some.Accept(delivery)], default))[0].Status);
}
