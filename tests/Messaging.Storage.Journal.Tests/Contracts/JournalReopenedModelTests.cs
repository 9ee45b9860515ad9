using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.Journal.Contracts;

/// <summary>The model must not notice that the store is closed and opened again at every moment of time that passes.</summary>
public sealed class JournalReopenedModelTests : StoreModelContract
{
    protected override int Runs => 100;

    protected override ValueTask<StoreFixture> CreateAsync() => ValueTask.FromResult<StoreFixture>(new JournalStoreFixture(reopens: true));
}
