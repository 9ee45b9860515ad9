using Messaging.Dispatching;
using Messaging.Storage;

namespace Messaging.Core.Dispatching;

public sealed class TenantTurnsTests
{
    [Fact]
    public void TryDequeue_SeveralTenants_TakeTurnsAndKeepTheirOwnOrder()
    {
        var turns = new TenantTurns();
        foreach (var name in "aaaabbc")
        {
            turns.Enqueue(Work(name));
        }

        Assert.Equal((3, 4, 2, 1, 0), (turns.Tenants, Of(turns, 'a'), Of(turns, 'b'), Of(turns, 'c'), Of(turns, 'd')));
        Assert.Equal("abcabaa", Drain(turns));
        Assert.Equal((0, 0), (turns.Tenants, Of(turns, 'a')));
    }

    [Fact]
    public void TryDequeue_TenantsComeAndGo_NothingIsLostOrMixedUp()
    {
        var turns = new TenantTurns();
        var random = new Random(42);
        Dictionary<string, Queue<HeldWork>> expected = [];
        for (var i = 0; i < 20_000; i++)
        {
            if (random.Next(2) == 0)
            {
                var held = Work((char)('a' + random.Next(26)));
                turns.Enqueue(held);
                (expected.TryGetValue(held.Tenant.Value, out var queue) ? queue : expected[held.Tenant.Value] = new()).Enqueue(held);
            }
            else if (turns.TryDequeue(out var held))
            {
                Assert.Same(expected[held.Tenant.Value].Dequeue(), held);
            }

            Assert.Equal(expected.Values.Count(q => q.Count > 0), turns.Tenants);
        }

        Assert.Equal(expected.Values.Sum(q => q.Count), Drain(turns).Length);
    }

    private static int Of(TenantTurns turns, char tenant) => turns.CountOf(new TenantId($"{tenant}"));

    private static string Drain(TenantTurns turns)
    {
        List<string> order = [];
        while (turns.TryDequeue(out var held))
        {
            order.Add(held.Tenant.Value);
        }

        return string.Concat(order);
    }

    private static HeldWork Work(char tenant) => new(new LeasedWork(default, default, 1, null, new WorkItem
    {
        Id = Guid.NewGuid(),
        Tenant = new TenantId($"{tenant}"),
        Kind = WorkKind.Maintain,
    }));
}
