using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.Memory.Contracts;

public sealed class MemoryStoreModelTests : StoreModelContract
{
    protected override int Runs => 1_000;

    protected override ValueTask<StoreFixture> CreateAsync() => ValueTask.FromResult<StoreFixture>(new MemoryStoreFixture());
}
