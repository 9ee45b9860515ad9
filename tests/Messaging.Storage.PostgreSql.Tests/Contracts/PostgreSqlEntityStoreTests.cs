using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.PostgreSql.Contracts;

public sealed class PostgreSqlEntityStoreTests : EntityStoreContract
{
    protected override ValueTask<StoreFixture> CreateAsync() => PostgreSqlStoreFixture.CreateAsync();
}
