using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.EfCore.Contracts;

public sealed class EfCoreRateLimitStoreTests : RateLimitStoreContract
{
    protected override ValueTask<StoreFixture> CreateAsync() => EfCoreStoreFixture.CreateAsync();
}
