using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.EfCore.Contracts;

public sealed class EfCoreEntityStoreTests : EntityStoreContract
{
    protected override ValueTask<StoreFixture> CreateAsync() => EfCoreStoreFixture.CreateAsync();
}
