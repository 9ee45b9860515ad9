using FsCheck;
using FsCheck.Fluent;
using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage;

public abstract partial class WorkQueueContract
{
    [Fact]
    public async Task Claim_TwoTenants_TakeTurns()
    {
        var (big, small) = (Some.Tenant(), Some.Tenant());
        await AcceptAsync(Queued(big, 40));
        await AcceptAsync(Queued(small, 2));

        var claimed = await ClaimAsync(10);

        Assert.InRange(claimed.TakeWhile(work => work.Delivery!.Delivery.Tenant != small).Count(), 0, 1);
        Assert.Equal(2, claimed.Take(4).Count(work => work.Delivery!.Delivery.Tenant == small));
    }

    [Fact]
    public async Task Claim_NewcomerBehindABacklog_WaitsAtMostOneRound()
    {
        var crowd = Enumerable.Range(0, 5).Select(_ => Some.Tenant()).ToArray();
        await AcceptAsync([.. crowd.SelectMany(tenant => Queued(tenant, 40))]);
        await ClaimAsync(23);
        var newcomer = Some.Tenant();
        await AcceptAsync(Queued(newcomer, 1));

        var order = new List<TenantId>();
        for (var i = 0; i < 3; i++)
        {
            order.AddRange((await ClaimAsync(4)).Select(work => work.Delivery!.Delivery.Tenant));
        }

        Assert.InRange(order.IndexOf(newcomer), 0, crowd.Length);
    }

    /// <summary>Between two claims of one tenant that has work all the time, no other tenant is claimed more often than this.</summary>
    [Fact]
    public void Claim_AnyTenantsAndSizes_NobodyIsPassedTwiceInARound()
    {
        var sizes = Gen.Choose(1, 12).ListOf().Where(list => list.Count is > 1 and < 7).ToArbitrary();
        var batches = Gen.Choose(1, 9).ToArbitrary();
        Prop.ForAll(sizes, batches, (counts, batch) => ClaimsAreFair([.. counts], batch))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(FairnessRuns).WithQuietOnSuccess(true));
    }

    /// <summary>Gets how many random mixes of tenants the fairness test tries.</summary>
    protected virtual int FairnessRuns => 30;

    private async Task<bool> ClaimsAreFair(int[] counts, int batch)
    {
        var tenants = counts.Select(_ => Some.Tenant()).ToArray();
        await AcceptAsync([.. tenants.SelectMany((tenant, i) => Queued(tenant, counts[i]))]);
        var order = new List<TenantId>();
        while (await ClaimAsync(batch) is { Count: > 0 } claimed)
        {
            order.AddRange(claimed.Select(work => work.Delivery!.Delivery.Tenant));
            await ApplyAsync(Settle([.. claimed.Select(work => Sent(work))]));
        }

        return order.Count == counts.Sum() && tenants.All(tenant => IsNeverPassedTwice(order, tenant));
    }

    /// <summary>From one claim of a tenant to its next, each other tenant has at most one turn, or two where the round turns over.</summary>
    private static bool IsNeverPassedTwice(List<TenantId> order, TenantId tenant)
    {
        var turns = new Dictionary<TenantId, int>();
        foreach (var claimed in order.Take(order.LastIndexOf(tenant)))
        {
            if (claimed == tenant)
            {
                turns.Clear();
                continue;
            }

            turns[claimed] = turns.GetValueOrDefault(claimed) + 1;
            if (turns[claimed] > 2)
            {
                return false;
            }
        }

        return true;
    }

    private static StoredDelivery[] Queued(TenantId tenant, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Some.StoredDelivery() with { Tenant = tenant, Priority = MessagePriority.Bulk })];
}
