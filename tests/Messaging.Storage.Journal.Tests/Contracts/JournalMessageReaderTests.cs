using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.Journal.Contracts;

public sealed class JournalMessageReaderTests : MessageReaderContract
{
    protected override ValueTask<StoreFixture> CreateAsync() => ValueTask.FromResult<StoreFixture>(new JournalStoreFixture());
}
