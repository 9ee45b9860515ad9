using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.Journal.Contracts;

public sealed class JournalRateLimitStoreTests : RateLimitStoreContract
{
    protected override ValueTask<StoreFixture> CreateAsync() => ValueTask.FromResult<StoreFixture>(new JournalStoreFixture());
}
