using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage;

public abstract partial class MessageReaderContract
{
    [Fact]
    public async Task Count_Nothing_IsAllZero()
    {
        var counted = await Fixture.Reader.CountAsync(new StatisticsQuery { Tenant = TenantId.Default }, default);

        Assert.Equal((0, 0, 0, 0), (counted.Total, counted.ByStatus.Count, counted.ByAccount.Count, counted.ByHour.Count));
    }

    [Fact]
    public async Task Count_AfterEveryKindOfChange_EqualsARecount()
    {
        var tenants = new[] { TenantId.Default, Some.Tenant() };
        var bulk = Some.StoredMessage();
        await ApplyAsync(Some.Accept(bulk));
        var start = Now;
        var random = new Random(11);
        for (var round = 0; round < 40; round++)
        {
            await AcceptSomeAsync(tenants, bulk, start, random);
            await SettleSomeAsync(random);
            await CommandSomeAsync(tenants, random);
            await Fixture.AdvanceAsync(TimeSpan.FromSeconds(random.Next(30)));
            if (round % 8 == 7)
            {
                foreach (var tenant in tenants)
                {
                    await AssertCountsMatchAsync(new StatisticsQuery { Tenant = tenant });
                    await AssertCountsMatchAsync(new StatisticsQuery { Tenant = tenant, MessageId = bulk.Id });
                    await AssertCountsMatchAsync(new StatisticsQuery { Tenant = tenant, From = start.AddHours(1).AddMinutes(20), To = start.AddHours(3).AddMinutes(40) });
                }
            }
        }
    }

    [Fact]
    public async Task Count_OfSmallMessage_EqualsARecount()
    {
        var message = Some.StoredMessage();
        await ApplyAsync(Some.Accept(message, Some.StoredDelivery(message), Some.StoredDelivery(message), Some.StoredDelivery(message)));
        await AcceptAsync();
        var claimed = await ClaimAsync(2);
        await ApplyAsync(Settle(Sent(claimed[0]), Dead(claimed[1])));

        await AssertCountsMatchAsync(new StatisticsQuery { Tenant = TenantId.Default, MessageId = message.Id });
        await AssertCountsMatchAsync(new StatisticsQuery { Tenant = TenantId.Default, MessageId = Some.MessageId() });
        await AssertCountsMatchAsync(new StatisticsQuery { Tenant = Some.Tenant(), MessageId = message.Id });
    }

    private async Task AcceptSomeAsync(TenantId[] tenants, StoredMessage bulk, DateTimeOffset start, Random random)
    {
        var changes = Enumerable.Range(0, random.Next(1, 9)).Select(_ =>
        {
            var delivery = Some.StoredDelivery() with
            {
                Tenant = tenants[random.Next(tenants.Length)],
                AcceptedAt = start.AddMinutes(random.Next(60 * 5)),
                Channel = $"email-{random.Next(2)}",
                Work = (WorkState)(random.Next(4) is var work && work == 2 ? 4 : work),
                DueAt = Now.AddSeconds(random.Next(100)),
                ParkKey = "key",
            };
            return random.Next(2) == 0
                ? new Change { Accept = new Acceptance { Deliveries = [delivery with { MessageId = bulk.Id, Tenant = bulk.Tenant }] } }
                : Some.Accept(delivery);
        }).ToArray();
        Assert.All(await CommitAsync(changes), status => Assert.Equal(ChangeStatus.Applied, status));
    }

    private async Task SettleSomeAsync(Random random)
    {
        foreach (var work in await ClaimAsync(random.Next(1, 9)))
        {
            var delivery = work.Delivery!.Delivery;
            await CommitAsync(random.Next(6) switch
            {
                0 => Settle(Dead(work)),
                1 => Settle(Retry(work, TimeSpan.FromSeconds(random.Next(90))) with { Attempt = Attempt(MessageEventType.Deferred, "email-9") }),
                2 => Settle(Park(work, "key")),
                3 => new Change { Events = [Event(delivery, (MessageEventType)random.Next(1, 20))] },
                _ => Settle(Sent(work)),
            });
            await CommitAsync(new Change { Events = [Event(delivery, (MessageEventType)random.Next(1, 20))] });
        }
    }

    private async Task CommandSomeAsync(TenantId[] tenants, Random random)
    {
        foreach (var tenant in tenants)
        {
            foreach (var row in (await Fixture.Reader.QueryAsync(new DeliveryQuery { Tenant = tenant, Limit = 10 }, default)).Items)
            {
                var type = (DeliveryCommandType)random.Next(4);
                await CommitAsync(new Change { Commands = [new DeliveryCommand(type, tenant, row.Id, Now)] });
            }
        }
    }

    private async Task AssertCountsMatchAsync(StatisticsQuery query)
    {
        var rows = (await QueryAsync(new DeliveryQuery { Tenant = query.Tenant, MessageId = query.MessageId, Limit = 100 }))
            .Where(row => (query.From is not { } from || Hour(row.AcceptedAt) >= Hour(from)) && (query.To is not { } to || Hour(row.AcceptedAt) < Hour(to)))
            .ToList();

        var counted = await Fixture.Reader.CountAsync(query, default);

        Assert.Equal(rows.Count, counted.Total);
        Assert.Equal(Counts(rows, row => row.Status), counted.ByStatus.ToDictionary());
        Assert.Equal(
            Counts(rows, row => (row.Kind, row.Account, row.Status)),
            counted.ByAccount.ToDictionary(count => (count.Kind, count.Account, count.Status), count => count.Count));
        Assert.Equal(
            Counts(rows, row => (Hour(row.AcceptedAt), row.Status)),
            counted.ByHour.ToDictionary(count => (count.Hour, count.Status), count => count.Count));
        Assert.Equal(counted.ByHour.Select(count => count.Hour).Order(), counted.ByHour.Select(count => count.Hour));
    }

    private static Dictionary<TKey, long> Counts<TKey>(List<DeliverySummary> rows, Func<DeliverySummary, TKey> key)
        where TKey : notnull => rows.GroupBy(key).ToDictionary(group => group.Key, group => group.LongCount());

    private static DateTimeOffset Hour(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
