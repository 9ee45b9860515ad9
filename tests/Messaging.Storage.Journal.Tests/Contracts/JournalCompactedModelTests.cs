using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.Journal.Contracts;

/// <summary>The model must not notice that the store is compacted, closed, and read back from its snapshot at every moment of time that passes.</summary>
public sealed class JournalCompactedModelTests : StoreModelContract
{
    protected override int Runs => 100;

    protected override ValueTask<StoreFixture> CreateAsync() => ValueTask.FromResult<StoreFixture>(new JournalStoreFixture(reopens: true, compacts: true));
}
