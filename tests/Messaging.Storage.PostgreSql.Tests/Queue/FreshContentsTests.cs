using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Reading;
using Messaging.Testing;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>What a process remembers of what it has just stored.</summary>
public sealed class FreshContentsTests
{
    private readonly FreshContents _fresh = new();

    [Fact]
    public void Take_JustStored_BringsItOnce()
    {
        var stored = Store(Some.StoredDelivery());

        Assert.Equal(stored.Id, Take(stored)!.Delivery.Id);
        Assert.Null(Take(stored));
    }

    [Fact]
    public void Take_NoLongerPlain_KnowsNothing()
    {
        var stored = Store(Some.StoredDelivery());

        Assert.Null(Take(stored, isPlain: false));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Age_Twice_Forgets(int rounds, bool isKnown)
    {
        var stored = Store(Some.StoredDelivery());

        for (var i = 0; i < rounds; i++)
        {
            _fresh.Age();
        }

        Assert.Equal(isKnown, Take(stored) is not null);
    }

    [Fact]
    public void Add_MoreThanTwoGenerations_ForgetsTheOldest()
    {
        var stored = Enumerable.Range(0, (2 * FreshContents.Most) + 1).Select(_ => Store(Some.StoredDelivery())).ToList();

        var known = stored.Where(delivery => Take(delivery) is not null).ToList();

        Assert.Equal(stored.Skip(FreshContents.Most), known);
    }

    [Theory]
    [InlineData(FreshContents.LargestPayload, true)]
    [InlineData(FreshContents.LargestPayload + 1, false)]
    public void Add_LargePayload_IsNotKept(int bytes, bool isKnown)
    {
        var message = Some.StoredMessage() with { Payload = new byte[bytes - 1] };
        var stored = Store(message, Some.StoredDelivery(message) with { Payload = new byte[1] });

        Assert.Equal(isKnown, Take(stored) is not null);
    }

    [Theory]
    [InlineData(WorkState.Waiting)]
    [InlineData(WorkState.Parked)]
    public void Add_NotReady_IsNotKept(WorkState work)
    {
        var stored = Store(Some.StoredDelivery() with { Work = work, DueAt = Some.Instant.AddYears(50), ParkKey = "held" });

        Assert.Null(Take(stored));
    }

    [Fact]
    public void Add_Sensitive_IsNotKept()
    {
        var message = Some.StoredMessage() with { Sensitive = true };
        var stored = Store(message, Some.StoredDelivery(message));

        Assert.Null(Take(stored));
    }

    private StoredDelivery Store(StoredDelivery delivery) => Store(Some.StoredMessage() with { Id = delivery.MessageId, Tenant = delivery.Tenant }, delivery);

    private StoredDelivery Store(StoredMessage message, StoredDelivery delivery)
    {
        var set = new WorkingSet(0, new Turns());
        Assert.Equal(ChangeStatus.Applied, new ChangeRules(set).Apply(Some.Accept(message, delivery), []).Status);
        _fresh.Add(set);
        return delivery;
    }

    private DeliveryRecord? Take(StoredDelivery delivery, bool isPlain = true) => _fresh.Take(new ClaimedRow(
        new LeaseToken(WorkKind.Deliver, delivery.Id.Value, 1), Some.Instant, 1, 2, 0, 0, isPlain, new WorkPlace(WorkState.Ready, default, default, false, false), null));
}
