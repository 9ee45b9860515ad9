using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.EfCore.Contracts;

public sealed class EfCoreAttachmentStoreTests : AttachmentStoreContract
{
    protected override ValueTask<StoreFixture> CreateAsync() => EfCoreStoreFixture.CreateAsync();
}
