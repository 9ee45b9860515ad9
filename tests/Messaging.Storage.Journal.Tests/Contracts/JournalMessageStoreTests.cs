using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.Journal.Contracts;

public sealed class JournalMessageStoreTests : MessageStoreContract
{
    protected override ValueTask<StoreFixture> CreateAsync() => ValueTask.FromResult<StoreFixture>(new JournalStoreFixture());
}
