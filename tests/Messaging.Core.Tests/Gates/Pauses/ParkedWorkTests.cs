using Messaging.Operations;
using Messaging.Storage;
using Messaging.Testing;

namespace Messaging.Gates;

public sealed class ParkedWorkTests : IDisposable
{
    private static readonly PauseScope News = new(TenantId.Default, Template: "news");

    private readonly GateHarness _harness = new();
    private readonly ParkedWork _parked;

    public ParkedWorkTests() => _parked = new ParkedWork(_harness.Pauses, _harness.Store);

    [Fact]
    public async Task ConfirmAsync_ResumedMeanwhile_Releases()
    {
        await ParkAsync(ParkKeys.Pause(News));

        await _parked.ConfirmAsync(TenantId.Default, ParkKeys.Pause(News), default);

        Assert.Equal((1, 0), await DepthAsync());
    }

    [Fact]
    public async Task ConfirmAsync_MoreThanAPageParked_ReleasesAllInPages()
    {
        var store = new RacingStore(_harness.Store);
        await _harness.Store.CommitAsync([.. Enumerable.Range(0, ReleasePages.Page + 1).Select(_ => Parked(ParkKeys.Pause(News)))], default);

        await new ParkedWork(_harness.Pauses, store).ConfirmAsync(TenantId.Default, ParkKeys.Pause(News), default);

        Assert.Equal((ReleasePages.Page + 1, 0), await DepthAsync());
        Assert.Equal(2, store.Commits);
    }

    [Theory]
    [InlineData("news", 0)]
    [InlineData("other", 1)]
    public async Task ConfirmAsync_StillPaused_Holds(string paused, int ready)
    {
        await _harness.Store.ApplyAsync(new Change
        {
            Entities = [EntityChange.Put(new PauseList { Tenant = TenantId.Default, Items = [new PauseItem(null, paused, "r", default)] })],
        });
        await ParkAsync(ParkKeys.Pause(News));

        await _parked.ConfirmAsync(TenantId.Default, ParkKeys.Pause(News), default);

        Assert.Equal((ready, 1 - ready), await DepthAsync());
    }

    [Fact]
    public async Task ConfirmAsync_PausedForAllTenants_Holds()
    {
        var outage = new PauseScope(EntitySchema.SharedTenant, Account: "email");
        await _harness.Store.ApplyAsync(new Change
        {
            Entities = [EntityChange.Put(new PauseList { Tenant = outage.Tenant, Items = [new PauseItem("email", null, "r", default)] })],
        });
        await ParkAsync(ParkKeys.Pause(outage));

        await _parked.ConfirmAsync(TenantId.Default, ParkKeys.Pause(outage), default);

        Assert.Equal((0, 1), await DepthAsync());
    }

    [Fact]
    public async Task ConfirmAsync_ParkedForSomethingElse_IsLeftAlone()
    {
        await ParkAsync("gate:approval");

        await _parked.ConfirmAsync(TenantId.Default, "gate:approval", default);

        Assert.Equal((0, 1), await DepthAsync());
    }

    public void Dispose() => _harness.Dispose();

    private Task<ChangeStatus> ParkAsync(string key) => _harness.Store.ApplyAsync(Parked(key));

    private static Change Parked(string key) => Some.Accept(Some.StoredDelivery() with { Work = WorkState.Parked, ParkKey = key });

    private async Task<(long Ready, long Parked)> DepthAsync()
    {
        var depth = await _harness.Store.MeasureAsync(default);
        return (depth.Ready, depth.Parked);
    }
}
