using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage.Model;

internal sealed partial class ModelRun
{
    private async Task CompareAsync()
    {
        foreach (var delivery in _model.Deliveries)
        {
            await CompareAsync(delivery);
        }

        foreach (var message in _model.Messages)
        {
            var stored = await fixture.Reader.GetMessageAsync(message.Stored.Tenant, message.Stored.Id, default);
            Assert.Equal(message.Stored.Payload.ToArray(), stored!.Payload.ToArray());
        }

        foreach (var tenant in Tenants)
        {
            await CompareHistoryAsync(tenant);
        }

        await CompareDepthAsync();
    }

    private async Task CompareAsync(ModelDelivery expected)
    {
        var stored = expected.Stored;
        var actual = (await fixture.Reader.GetDeliveryAsync(stored.Tenant, stored.Id, default))!;
        Assert.Equal(Expected(expected), actual.State);
        Assert.Equal(expected.StatusAt(Now), actual.State.Status);
        Assert.Equal(expected.Payload.ToArray(), actual.Delivery.Payload.ToArray());
        Assert.Equal((stored.PlanId, stored.ItemHash, stored.Reference, stored.Channel), (actual.Delivery.PlanId, actual.Delivery.ItemHash, actual.Delivery.Reference, actual.Delivery.Channel));

        var timeline = await fixture.Reader.GetTimelineAsync(stored.Tenant, stored.Id, default);
        Assert.Equal(timeline.Select(entry => entry.At).Order(), timeline.Select(entry => entry.At));
        Assert.Equal(
            expected.Timeline.Select(entry => (entry.At, entry.Type, entry.Event)).Order(),
            timeline.Select(entry => (entry.At, entry.Type, entry.Event)).Order());
    }

    private DeliveryState Expected(ModelDelivery delivery)
    {
        var state = delivery.StateAt(Now);
        var (work, leased) = (delivery.Work, state == WorkState.Leased);
        return new DeliveryState
        {
            Work = state,
            DueAt = work is null ? default : leased ? work.LeaseUntil : work.Due,
            Since = work is null ? delivery.SettledAt!.Value : leased ? work.ClaimedAt : work.Since,
            Why = delivery.Why,
            Attempts = delivery.Attempts,
            TotalAttempts = delivery.TotalAttempts,
            AttemptBegan = work is { BeganFence: not 0 } && work.BeganFence != work.Fence,
            Generation = delivery.Generation,
            Evidence = delivery.Evidence,
            Account = delivery.Account,
            ProviderId = delivery.ProviderId,
            SettledAt = delivery.SettledAt,
            CancelRequested = delivery.CancelRequested,
            DeadLetter = delivery.DeadLetter,
        };
    }

    private async Task CompareHistoryAsync(TenantId tenant)
    {
        var expected = _model.Deliveries.Where(delivery => delivery.Stored.Tenant == tenant).Reverse().ToList();

        Assert.Equal(expected.Select(delivery => delivery.Stored.Id), await ListAsync(new DeliveryQuery { Tenant = tenant, Limit = 7 }));
        Assert.Equal(
            expected.Where(delivery => delivery.DeadLetter).Select(delivery => delivery.Stored.Id),
            await ListAsync(new DeliveryQuery { Tenant = tenant, Limit = 2, DeadLetters = true }));
        var counted = await fixture.Reader.CountAsync(new StatisticsQuery { Tenant = tenant }, default);
        Assert.Equal(
            expected.GroupBy(delivery => (delivery.Account ?? delivery.Stored.Channel, delivery.StatusAt(Now))).ToDictionary(group => group.Key, group => group.LongCount()),
            counted.ByAccount.ToDictionary(count => (count.Account, count.Status), count => count.Count));
    }

    private async Task<List<DeliveryId>> ListAsync(DeliveryQuery query)
    {
        var ids = new List<DeliveryId>();
        do
        {
            var page = await fixture.Reader.QueryAsync(query, default);
            ids.AddRange(page.Items.Select(row => row.Id));
            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);
        return ids;
    }

    private async Task CompareDepthAsync()
    {
        var depth = await fixture.Queue.MeasureAsync(default);
        int Count(WorkState state) => _model.Work.Count(work => (work.State == WorkState.Waiting && work.Due <= Now ? WorkState.Ready : work.State) == state);
        Assert.Equal(
            (Count(WorkState.Ready), Count(WorkState.Leased), Count(WorkState.Waiting), Count(WorkState.Parked)),
            (depth.Ready, depth.Leased, depth.Waiting, depth.Parked));
    }
}
