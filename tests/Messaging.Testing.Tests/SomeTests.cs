namespace Messaging.Testing;

public sealed class SomeTests
{
    [Fact]
    public void Id_MadeOneAfterTheOther_AreSortedAndOfVersion7()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => Some.Id()).ToArray();

        Assert.Equal(ids.Order(), ids);
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal(7, id.Version));
    }

    [Theory]
    [InlineData(ChannelKinds.Email)]
    [InlineData(ChannelKinds.Sms)]
    [InlineData(ChannelKinds.Push)]
    public void Address_OfAKind_IsNewEachTime(string kind)
    {
        var address = Some.Address(kind);

        Assert.Equal(kind, address.Kind);
        Assert.NotEqual(address, Some.Address(kind));
    }

    [Fact]
    public void Accept_OfADelivery_MakesTheMessageThatItBelongsTo()
    {
        var delivery = Some.StoredDelivery() with { Tenant = new("salon_123") };

        var accept = Some.Accept(delivery).Accept!;

        Assert.Equal(delivery.MessageId, accept.Message!.Id);
        Assert.Equal(delivery.Tenant, accept.Message.Tenant);
        Assert.Same(delivery, Assert.Single(accept.Deliveries));
    }
}
