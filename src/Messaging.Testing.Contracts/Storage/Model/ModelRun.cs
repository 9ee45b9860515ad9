using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage.Model;

/// <summary>Does the same to a store and to the model, and compares what they say.</summary>
internal sealed partial class ModelRun(StoreFixture fixture, TimeSpan lease)
{
    private static readonly TenantId[] Tenants = [TenantId.Default, new("other")];
    private static readonly string[] ParkKeys = ["park-1", "park-2"];
    private static readonly string?[] ProviderIds = [null, "p-1", "p-2", null];
    private readonly StoreModel _model = new();

    /// <summary>Every lease that was ever given out, so that lost ones are tried too.</summary>
    private readonly List<LeaseToken> _leases = [];

    private DateTimeOffset Now => fixture.Now;

    public async Task RunAsync(IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            await DoAsync(step);
        }

        await CompareAsync();
    }

    private Task DoAsync(Step step) => (step.What % 13) switch
    {
        0 or 1 => CommitAsync(NewMessage(step)),
        2 => CommitAsync(JoinMessage(step)),
        3 or 4 => ClaimAsync(1 + (step.First % 5)),
        5 or 6 => CommitAsync(Settlement(step)),
        7 => CommitAsync(Report(step)),
        8 => CommitAsync(Command(step)),
        9 => CommitAsync(Work(step)),
        10 => AdvanceAsync(step),
        11 => CommitAsync(Together(step)),
        _ => ExtendAsync(step),
    };

    private async Task CommitAsync(Change change)
    {
        var expected = _model.Commit(change, Now);
        var actual = Assert.Single(await fixture.Store.CommitAsync([change], default));
        Assert.Equal(expected, actual);
    }

    private async Task ClaimAsync(int max)
    {
        _model.LoseEnded(Now);
        var available = _model.Work.Count(work => work.CanBeClaimed(Now));
        var claimed = await fixture.Queue.ClaimAsync(new ClaimRequest { Max = max, LeaseFor = lease, Owner = "model" }, default);

        Assert.Equal(Math.Min(max, available), claimed.Count);
        foreach (var work in claimed)
        {
            Follow(work);
        }
    }

    /// <summary>Which work a claim takes is the store's choice; that it may take it, and what it says of it, is not.</summary>
    private void Follow(LeasedWork claimed)
    {
        var work = _model.Work.Find(work => work.Kind == claimed.Lease.Kind && work.Id == claimed.Lease.WorkId);
        Assert.NotNull(work);
        Assert.True(work.CanBeClaimed(Now));
        Assert.True(claimed.Lease.Fence > work.Fence);
        Assert.Equal((work.Claims + 1, Now + lease), (claimed.Claims, claimed.Until));
        if (work.Delivery is { } delivery)
        {
            var state = claimed.Delivery!.State;
            Assert.Equal(
                (WorkState.Ready, work.Since, work.BeganFence != 0, delivery.Attempts),
                (state.Work, state.Since, state.AttemptBegan, state.Attempts));
            Assert.Equal(delivery.Payload.ToArray(), claimed.Delivery.Delivery.Payload.ToArray());
            Assert.Equal(delivery.Message.Stored.Payload.ToArray(), claimed.Delivery.Message.Payload.ToArray());
        }

        (work.State, work.Fence, work.ClaimedAt, work.LeaseUntil) = (WorkState.Leased, claimed.Lease.Fence, Now, Now + lease);
        work.Claims++;
        _leases.Add(claimed.Lease);
    }

    /// <summary>Moves the clock; leases that end by that are taken over at once, since stores may differ on how long a lost one may still be used.</summary>
    private async Task AdvanceAsync(Step step)
    {
        await fixture.AdvanceAsync(TimeSpan.FromSeconds(1 + (step.First % 40)));
        if (_model.Work.Exists(work => work.IsLeased && work.LeaseUntil <= Now))
        {
            await ClaimAsync(1_000);
        }
    }

    private async Task ExtendAsync(Step step)
    {
        if (_leases.Count == 0)
        {
            return;
        }

        var asked = new[] { Pick(_leases, step.First), Pick(_leases, step.Second) }.Distinct().ToArray();
        var held = asked.Where(token => _model.Held(token) is not null).ToArray();

        Assert.Equal(held, await fixture.Queue.ExtendAsync(asked, lease, default));

        Array.ForEach(held, token => _model.Held(token)!.LeaseUntil = Now + lease);
    }

    private static T Pick<T>(IReadOnlyList<T> list, int choice) => list[choice % list.Count];
}
