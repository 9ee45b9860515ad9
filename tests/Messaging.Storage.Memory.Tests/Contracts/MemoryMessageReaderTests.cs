using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.Memory.Contracts;

public sealed class MemoryMessageReaderTests : MessageReaderContract
{
    protected override ValueTask<StoreFixture> CreateAsync() => ValueTask.FromResult<StoreFixture>(new MemoryStoreFixture());
}
