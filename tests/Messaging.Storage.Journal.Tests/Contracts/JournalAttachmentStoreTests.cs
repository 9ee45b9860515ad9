using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.Journal.Contracts;

public sealed class JournalAttachmentStoreTests : AttachmentStoreContract
{
    protected override ValueTask<StoreFixture> CreateAsync() => ValueTask.FromResult<StoreFixture>(new JournalStoreFixture());
}
