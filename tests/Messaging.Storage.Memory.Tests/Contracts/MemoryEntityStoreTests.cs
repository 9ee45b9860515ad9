using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.Memory.Contracts;

public sealed class MemoryEntityStoreTests : EntityStoreContract
{
    protected override ValueTask<StoreFixture> CreateAsync() => ValueTask.FromResult<StoreFixture>(new MemoryStoreFixture());
}
