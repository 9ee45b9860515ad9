using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.PostgreSql.Contracts;

public sealed class PostgreSqlWorkQueueTests : WorkQueueContract
{
    protected override ValueTask<StoreFixture> CreateAsync() => PostgreSqlStoreFixture.CreateAsync();
}
