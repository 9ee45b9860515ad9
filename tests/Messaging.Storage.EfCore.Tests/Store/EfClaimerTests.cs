using Messaging.Storage.EfCore.Contracts;
using Messaging.Testing;
using Messaging.Testing.Contracts.Storage;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Store;

public sealed class EfClaimerTests : IAsyncLifetime
{
    private StoreFixture _fixture = null!;

    private EfCoreStore Store => (EfCoreStore)_fixture.Store;

    public async Task InitializeAsync() => _fixture = await EfCoreStoreFixture.CreateAsync();

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task Claim_DeliveryIsGone_BringsTheOthersAndThenNamesItAndTheCure()
    {
        StoredDelivery[] deliveries = [Some.StoredDelivery(), Some.StoredDelivery(), Some.StoredDelivery()];
        await Store.CommitAsync([.. deliveries.Select(Some.Accept)], default);
        var gone = deliveries[0].Id.Value;
        await Store.Database.WriteAsync((context, _) => context.Deliveries.Where(row => row.Id == gone).ExecuteDeleteAsync(), default);

        var claimed = await ClaimAsync();

        Assert.Equal(deliveries.Skip(1).Select(delivery => delivery.Id.Value), claimed.Select(work => work.Lease.WorkId));
        await Store.CommitAsync([Some.Accept(Some.StoredDelivery())], default);
        var told = await Assert.ThrowsAsync<MessagingStorageException>(ClaimAsync);
        Assert.Contains(gone.ToString(), told.Message, StringComparison.Ordinal);
        Assert.Contains("messaging.work", told.Message, StringComparison.Ordinal);
        Assert.Single(await ClaimAsync());
    }

    private Task<IReadOnlyList<LeasedWork>> ClaimAsync() =>
        Store.ClaimAsync(new ClaimRequest { Max = 10, LeaseFor = TimeSpan.FromMinutes(1), Owner = "test" }, default).AsTask();
}
