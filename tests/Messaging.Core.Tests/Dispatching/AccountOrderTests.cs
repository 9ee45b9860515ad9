using Messaging.Channels;
using Messaging.Dispatching;
using Messaging.Storage;
using Messaging.Testing;

namespace Messaging.Core.Dispatching;

public sealed class AccountOrderTests
{
    [Fact]
    public void Next_RoundRobin_TakesTurns()
    {
        var target = Target(AccountSelection.RoundRobin, "a", "b", "c");

        Assert.Equal(["a", "b", "c", "a"], Enumerable.Range(0, 4).Select(turn => First(target, Record(), turn)));
    }

    [Fact]
    public void Next_Weighted_KeepsToTheSharesAndMixes()
    {
        var target = Target(AccountSelection.Weighted, ("a", 7), ("b", 2), ("c", 1));

        var picked = Enumerable.Range(0, 1_000).Select(turn => First(target, Record(), turn)).ToList();

        Assert.InRange(picked.Count(p => p == "a"), 690, 710);
        Assert.InRange(picked.Count(p => p == "b"), 190, 210);
        Assert.InRange(picked.Count(p => p == "c"), 90, 110);
        Assert.All(picked.Chunk(50), chunk => Assert.InRange(chunk.Count(p => p == "c"), 2, 8));
    }

    [Fact]
    public void Next_Sticky_IsTheSameForARecipientAndEvenOverMany()
    {
        var target = Target(AccountSelection.Sticky, "a", "b", "c");
        var records = Enumerable.Range(0, 3_000).Select(_ => Record()).ToList();

        var picked = records.ConvertAll(r => First(target, r, 0));

        Assert.Equal(picked, records.ConvertAll(r => First(target, r, 99)));
        Assert.All(picked.CountBy(p => p), share => Assert.InRange(share.Value, 850, 1_150));
    }

    [Fact]
    public void Next_StickyAndAnAccountMore_MovesOnlyItsShare()
    {
        var before = Target(AccountSelection.Sticky, "a", "b", "c");
        var after = Target(AccountSelection.Sticky, "c", "d", "a", "b");
        var records = Enumerable.Range(0, 3_000).Select(_ => Record()).ToList();

        var moved = records.FindAll(r => First(before, r, 0) != First(after, r, 0));

        Assert.All(moved, r => Assert.Equal("d", First(after, r, 0)));
        Assert.InRange(moved.Count, 600, 900);
    }

    [Theory]
    [InlineData(AccountSelection.Failover)]
    [InlineData(AccountSelection.RoundRobin)]
    [InlineData(AccountSelection.Sticky)]
    [InlineData(AccountSelection.Weighted)]
    public void Next_AsManyTimesAsAccounts_NamesEachOnce(AccountSelection selection)
    {
        var target = Target(selection, ("a", 3), ("b", 2), ("c", 1), ("d", 5));
        for (var turn = 0; turn < 50; turn++)
        {
            var order = AccountOrder.Of(target, Record(), turn);

            Assert.Equal(["a", "b", "c", "d"], new[] { order.Next().Name, order.Next().Name, order.Next().Name, order.Next().Name }.Order());
        }
    }

    private static string First(ChannelTarget target, DeliveryRecord record, int turn)
    {
        var order = AccountOrder.Of(target, record, turn);
        return order.Next().Name;
    }

    private static ChannelTarget Target(AccountSelection selection, params string[] names) => Target(selection, [.. names.Select(n => (n, 1))]);

    private static ChannelTarget Target(AccountSelection selection, params (string Name, int Weight)[] accounts) => new(
        "group", ChannelKinds.Email, [.. accounts.Select(a => Some.Account(name: a.Name) with { Weight = a.Weight })], selection, new ChannelCapabilities { Kind = ChannelKinds.Email });

    private static DeliveryRecord Record()
    {
        var message = Some.StoredMessage();
        return new DeliveryRecord(message, Some.StoredDelivery(message), new DeliveryState { Work = WorkState.Leased, Evidence = Evidence.None });
    }
}
