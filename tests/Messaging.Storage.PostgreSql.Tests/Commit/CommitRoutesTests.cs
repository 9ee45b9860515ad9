using Messaging.Storage.PostgreSql.Server;
using Messaging.Testing;

namespace Messaging.Storage.PostgreSql.Commit;

public sealed class CommitRoutesTests
{
    private static readonly StoredMessage Bulk = Some.StoredMessage();

    [Fact]
    public void Of_BulkWithItsItems_IsWrittenWithoutALook() =>
        Assert.Equal(CommitRoute.Accept, CommitRoutes.Of([Some.Accept(Bulk), Join(Item(Bulk)), Join(Item(Bulk)), Work.Accept(), Some.Accept(Some.StoredMessage())]));

    [Fact]
    public void Of_ItemsOfWhatMayBeStoredAlready_IsGeneral()
    {
        Assert.Equal(CommitRoute.General, CommitRoutes.Of([Join(Item(Bulk))]));
        Assert.Equal(CommitRoute.General, CommitRoutes.Of([Join(Item(Bulk)), Some.Accept(Bulk)]));
        Assert.Equal(CommitRoute.General, CommitRoutes.Of([Some.Accept(Some.StoredMessage()), Join(Item(Bulk))]));
        Assert.Equal(CommitRoute.General, CommitRoutes.Of([Some.Accept(Bulk), Join(Item(Bulk) with { Tenant = Some.Tenant() })]));
        Assert.Equal(CommitRoute.General, CommitRoutes.Of([Some.Accept(Bulk), new Change { Accept = new Acceptance() }]));
    }

    private static Change Join(StoredDelivery item) => new() { Accept = new Acceptance { Deliveries = [item] } };

    private static StoredDelivery Item(StoredMessage bulk) => Some.StoredDelivery(bulk) with { ItemHash = 5 };
}
