using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.EfCore.Contracts;

public sealed class EfCoreMessageReaderTests : MessageReaderContract
{
    protected override ValueTask<StoreFixture> CreateAsync() => EfCoreStoreFixture.CreateAsync();
}
