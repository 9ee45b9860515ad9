using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.PostgreSql.Contracts;

/// <summary>The queue of a process that knows nothing of what it claims, as when another one has stored it.</summary>
public sealed class PostgreSqlWorkQueueReadingTests : WorkQueueContract
{
    protected override ValueTask<StoreFixture> CreateAsync() => PostgreSqlStoreFixture.CreateAsync(forgets: true);
}
