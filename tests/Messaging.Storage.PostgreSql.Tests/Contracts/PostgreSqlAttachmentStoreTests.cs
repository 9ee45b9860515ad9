using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.PostgreSql.Contracts;

public sealed class PostgreSqlAttachmentStoreTests : AttachmentStoreContract
{
    protected override ValueTask<StoreFixture> CreateAsync() => PostgreSqlStoreFixture.CreateAsync();
}
