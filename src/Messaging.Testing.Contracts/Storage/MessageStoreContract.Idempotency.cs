using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage;

public abstract partial class MessageStoreContract
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    [Fact]
    public async Task Idempotency_SameKeySameRequest_IsDuplicateOfTheFirst()
    {
        var first = Keyed("key", 1);
        await ApplyAsync(first);

        var again = await CommitAsync(Keyed("key", 1));

        Assert.Equal((ChangeStatus.Duplicate, first.Accept!.Message!.Id), (again.Status, again.Existing!.Value));
        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task Idempotency_SameKeyOtherRequest_IsConflictWithTheFirst()
    {
        var first = Keyed("key", 1);
        await ApplyAsync(first);

        var other = await CommitAsync(Keyed("key", 2));

        Assert.Equal((ChangeStatus.Conflict, first.Accept!.Message!.Id), (other.Status, other.Existing!.Value));
        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task Idempotency_OtherTenantOrOtherCase_IsAnotherKey()
    {
        var tenant = Some.Tenant();

        Assert.Equal(
            [ChangeStatus.Applied, ChangeStatus.Applied, ChangeStatus.Applied],
            await CommitAsync(Keyed("key", 1), Keyed("key", 2, tenant), Keyed("KEY", 3)));
    }

    [Fact]
    public async Task Idempotency_WindowEnds_KeyIsFree()
    {
        await ApplyAsync(Keyed("key", 1));
        await Fixture.AdvanceAsync(Window - TimeSpan.FromMilliseconds(1));
        Assert.Equal(ChangeStatus.Duplicate, (await CommitAsync(Keyed("key", 1))).Status);

        await Fixture.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        var later = Keyed("key", 2);
        await ApplyAsync(later);

        var again = await CommitAsync(Keyed("key", 2));
        Assert.Equal((ChangeStatus.Duplicate, later.Accept!.Message!.Id), (again.Status, again.Existing!.Value));
    }

    [Fact]
    public async Task Idempotency_ChangeFailsForAnotherReason_KeyIsFree()
    {
        var known = await AcceptAsync();
        var change = Keyed("key", 1);
        var message = change.Accept!.Message!;
        var failing = new Change
        {
            Accept = change.Accept with { Deliveries = [Some.StoredDelivery(message) with { Id = known.Id }] },
        };

        Assert.Equal(ChangeStatus.Duplicate, (await CommitAsync(failing)).Status);
        Assert.Equal(ChangeStatus.Applied, (await CommitAsync(Keyed("key", 2))).Status);
    }

    [Fact]
    public async Task Idempotency_ManyCallersAtOnce_OneIsApplied()
    {
        var changes = Enumerable.Range(0, 16).Select(_ => Keyed("key", 1)).ToArray();

        var results = await Task.WhenAll(changes.Select(change => Task.Run(() => CommitAsync(change))));

        var applied = Assert.Single(changes.Zip(results), pair => pair.Second.Status == ChangeStatus.Applied).First.Accept!.Message!.Id;
        Assert.All(
            results.Where(result => result.Status != ChangeStatus.Applied),
            result => Assert.Equal((ChangeStatus.Duplicate, applied), (result.Status, result.Existing!.Value)));
        Assert.Single(await ClaimAsync());
    }

    private Change Keyed(string key, int fingerprint, TenantId? tenant = null)
    {
        var message = Some.StoredMessage() with { Tenant = tenant ?? TenantId.Default };
        return new Change
        {
            Accept = new Acceptance
            {
                Message = message,
                Deliveries = [Some.StoredDelivery(message)],
                Idempotency = new IdempotencyClaim(key, (UInt128)fingerprint, Now + Window),
            },
        };
    }
}
