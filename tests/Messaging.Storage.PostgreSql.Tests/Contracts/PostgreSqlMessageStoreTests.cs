using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.PostgreSql.Contracts;

public sealed class PostgreSqlMessageStoreTests : MessageStoreContract
{
    protected override ValueTask<StoreFixture> CreateAsync() => PostgreSqlStoreFixture.CreateAsync();
}
