using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.Journal.Contracts;

/// <summary>The model must not notice that memory holds nothing, and that the store is compacted, closed and read back at every moment of time that passes.</summary>
public sealed class JournalColdModelTests : StoreModelContract
{
    protected override int Runs => 100;

    protected override ValueTask<StoreFixture> CreateAsync() =>
        ValueTask.FromResult<StoreFixture>(new JournalStoreFixture(reopens: true, compacts: true, isCold: true));
}
