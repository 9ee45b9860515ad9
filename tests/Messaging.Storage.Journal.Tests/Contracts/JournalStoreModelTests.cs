using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.Journal.Contracts;

public sealed class JournalStoreModelTests : StoreModelContract
{
    protected override int Runs => 200;

    protected override ValueTask<StoreFixture> CreateAsync() => ValueTask.FromResult<StoreFixture>(new JournalStoreFixture());
}
