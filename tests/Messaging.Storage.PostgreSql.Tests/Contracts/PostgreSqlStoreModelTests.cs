using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.PostgreSql.Contracts;

public sealed class PostgreSqlStoreModelTests : StoreModelContract
{
    /// <summary>Each story has a database of its own, which takes a while to make.</summary>
    protected override int Runs => 25;

    protected override int Steps => 60;

    protected override ValueTask<StoreFixture> CreateAsync() => PostgreSqlStoreFixture.CreateAsync();
}
