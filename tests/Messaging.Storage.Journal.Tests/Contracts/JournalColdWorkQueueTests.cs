using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.Journal.Contracts;

/// <summary>Memory holds nothing that is not being looked at: what is settled is read from files, and all else too.</summary>
public sealed class JournalColdWorkQueueTests : WorkQueueContract
{
    protected override ValueTask<StoreFixture> CreateAsync() => ValueTask.FromResult<StoreFixture>(new JournalStoreFixture(isCold: true));
}
