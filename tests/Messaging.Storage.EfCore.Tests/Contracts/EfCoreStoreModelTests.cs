using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.EfCore.Contracts;

public sealed class EfCoreStoreModelTests : StoreModelContract
{
    /// <summary>Each story is a database of its own: fewer of them keep the whole suite short. Raised to 200 it passes too.</summary>
    protected override int Runs => 25;

    protected override ValueTask<StoreFixture> CreateAsync() => EfCoreStoreFixture.CreateAsync();
}
