using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage;

public abstract partial class MessageReaderContract
{
    private static readonly DeliveryQuery All = new() { Tenant = TenantId.Default };

    [Fact]
    public async Task Query_Row_TellsWhatItIsAndWhereItStands()
    {
        var message = Some.StoredMessage() with { Template = "welcome", Reference = "booking:1" };
        var delivery = Some.StoredDelivery(message) with { Priority = MessagePriority.High, ContactId = Some.ContactId(), Channel = "group" };
        await ApplyAsync(Some.Accept(message, delivery));

        var queued = Assert.Single(await QueryAsync(All));
        Assert.Equal(
            new DeliverySummary
            {
                Id = delivery.Id,
                MessageId = message.Id,
                Tenant = TenantId.Default,
                Kind = ChannelKinds.Email,
                Account = "group",
                Category = message.Category,
                Priority = MessagePriority.High,
                Template = "welcome",
                ContactId = delivery.ContactId,
                Reference = "booking:1",
                Status = DeliveryStatus.Queued,
                AcceptedAt = delivery.AcceptedAt,
                DueAt = Now,
            },
            queued);

        await ApplyAsync(Settle(Sent(await ClaimOneAsync(), "p")));
        var sent = Assert.Single(await QueryAsync(All));
        Assert.Equal(
            queued with { Account = "email", Status = DeliveryStatus.Sent, Attempts = 1, DueAt = null, SettledAt = Now, ProviderId = "p" },
            sent);
    }

    [Fact]
    public async Task Query_Nothing_IsOneEmptyPage()
    {
        var page = await Fixture.Reader.QueryAsync(All, default);

        Assert.Empty(page.Items);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Query_Many_NewestFirstByPages()
    {
        var deliveries = await AcceptInOrderAsync(23);

        foreach (var limit in new[] { 1, 5, 23, 100 })
        {
            Assert.Equal(deliveries.Select(delivery => delivery.Id).Reverse(), (await QueryAsync(All with { Limit = limit })).Select(row => row.Id));
        }

        Assert.Null((await Fixture.Reader.QueryAsync(All with { Limit = 100 }, default)).Next);
    }

    [Fact]
    public async Task Query_WhileDeliveriesComeAndChange_NoneIsMissedOrRepeated()
    {
        var deliveries = await AcceptInOrderAsync(30);
        var seen = new List<DeliveryId>();
        string? cursor = null;
        do
        {
            var page = await Fixture.Reader.QueryAsync(All with { Limit = 4, Cursor = cursor }, default);
            seen.AddRange(page.Items.Select(row => row.Id));
            cursor = page.Next;
            await AcceptInOrderAsync(3);
            await ApplyAsync(Settle([.. (await ClaimAsync(2)).Select(work => Sent(work))]));
        }
        while (cursor is not null);

        Assert.Equal(deliveries.Select(delivery => delivery.Id).Reverse(), seen);
    }

    [Fact]
    public async Task Query_ByEachColumn_FindsThatAndNothingElse()
    {
        var bulk = Some.StoredMessage() with { Category = "marketing", Template = "spring", Reference = "campaign:7" };
        var contact = Some.ContactId();
        var address = new Address(ChannelKinds.Sms, "+48600000001");
        var one = Some.StoredDelivery(bulk) with { ContactId = contact };
        var two = Some.StoredDelivery(bulk) with { Address = address, Channel = "sms-eu", Reference = "own" };
        await ApplyAsync(Some.Accept(bulk, one, two));
        await AcceptInOrderAsync(3);
        var stranger = Some.Tenant();
        await AcceptAsync(Some.StoredDelivery() with { Tenant = stranger, ContactId = contact, Address = address, Reference = "own" });

        await AssertFindsAsync(All with { MessageId = bulk.Id }, two, one);
        await AssertFindsAsync(All with { Reference = "campaign:7" }, one);
        await AssertFindsAsync(All with { Reference = "own" }, two);
        await AssertFindsAsync(All with { ContactId = contact }, one);
        await AssertFindsAsync(All with { Address = address }, two);
        await AssertFindsAsync(All with { Address = address with { Kind = ChannelKinds.WhatsApp } });
        await AssertFindsAsync(All with { Kind = ChannelKinds.Sms }, two);
        await AssertFindsAsync(All with { Account = "sms-eu" }, two);
        await AssertFindsAsync(All with { Category = "marketing" }, two, one);
        await AssertFindsAsync(All with { Template = "spring" }, two, one);
        await AssertFindsAsync(All with { Template = "spring", ContactId = contact, Kind = ChannelKinds.Email }, one);
        await AssertFindsAsync(All with { Template = "spring", ContactId = contact, Kind = ChannelKinds.Sms });
        await AssertFindsAsync(All with { MessageId = Some.MessageId() });
        await AssertFindsAsync(All with { Tenant = stranger, MessageId = bulk.Id });
        await AssertFindsAsync(All with { Template = "never" });
    }

    [Fact]
    public async Task Query_ByIndexedColumn_PagesToo()
    {
        var contact = Some.ContactId();
        var address = Some.Address();
        var bulk = Some.StoredMessage();
        var deliveries = Enumerable.Range(0, 11)
            .Select(_ => Some.StoredDelivery(bulk) with { ContactId = contact, Address = address, Reference = "ref" }).ToArray();
        await ApplyAsync(Some.Accept(bulk, deliveries));
        var expected = deliveries.Select(delivery => delivery.Id).Reverse().ToArray();

        foreach (var query in new[]
        {
            All with { ContactId = contact }, All with { Address = address }, All with { Reference = "ref" }, All with { MessageId = bulk.Id },
        })
        {
            Assert.Equal(expected, (await QueryAsync(query with { Limit = 3 })).Select(row => row.Id));
        }
    }

    [Fact]
    public async Task Query_ByStatus_FollowsTheStatus()
    {
        var deliveries = await AcceptInOrderAsync(4);
        var claimed = await ClaimAsync(3);
        await ApplyAsync(Settle(Sent(claimed[0]), Dead(claimed[1])));
        await ApplyAsync(Report(deliveries[0], MessageEventType.Delivered));

        await AssertFindsAsync(All with { Statuses = [DeliveryStatus.Delivered] }, deliveries[0]);
        await AssertFindsAsync(All with { Statuses = [DeliveryStatus.Failed, DeliveryStatus.Sending] }, deliveries[2], deliveries[1]);
        await AssertFindsAsync(All with { Statuses = [DeliveryStatus.Queued] }, deliveries[3]);
        await AssertFindsAsync(All with { Statuses = [DeliveryStatus.Sent] });
    }

    [Fact]
    public async Task Query_ByTimeOfAcceptance_TakesFromAndLeavesTo()
    {
        var start = Now;
        var deliveries = new List<StoredDelivery>();
        for (var i = 0; i < 5; i++)
        {
            deliveries.Add(await AcceptAsync(d => d with { AcceptedAt = start.AddMinutes(i) }));
        }

        await AssertFindsAsync(All with { From = start.AddMinutes(1), To = start.AddMinutes(3) }, deliveries[2], deliveries[1]);
        await AssertFindsAsync(All with { From = start.AddMinutes(4) }, deliveries[4]);
        await AssertFindsAsync(All with { To = start.AddMinutes(1) }, deliveries[0]);
        await AssertFindsAsync(All with { From = start.AddMinutes(5) });
    }

    [Fact]
    public async Task Query_DeadLetters_ListsThemUntilPurgedOrRedriven()
    {
        var first = await AcceptAndBuryAsync();
        var second = await AcceptAndBuryAsync(d => d with { Tenant = TenantId.Default });
        var third = await AcceptAndBuryAsync();
        await AcceptAndBuryAsync(d => d with { Tenant = Some.Tenant() });
        await AcceptAsync();
        var dead = All with { DeadLetters = true };

        await AssertFindsAsync(dead, third, second, first);
        Assert.Equal([third.Id, second.Id, first.Id], (await QueryAsync(dead with { Limit = 1 })).Select(row => row.Id));
        await AssertFindsAsync(dead with { MessageId = second.MessageId }, second);

        await ApplyAsync(Command(DeliveryCommandType.Purge, second));
        await ApplyAsync(Command(DeliveryCommandType.Redrive, third));
        await AssertFindsAsync(dead, first);
    }

    [Fact]
    public async Task Query_AcceptedDead_IsADeadLetterUntilPurged()
    {
        var settled = await AcceptAndBuryAsync();
        var evidence = Evidence.None.With(MessageEventType.Dead, Now);
        var accepted = await AcceptAsync(d => d with { Work = WorkState.Done, Why = new Why(WhyCodes.IntakeFailed, "No."), Evidence = evidence });
        await AcceptAsync(d => d with { Work = WorkState.Done, Why = new Why(WhyCodes.Suppressed, "No."), Evidence = Evidence.None.With(MessageEventType.Suppressed, Now) });
        var dead = All with { DeadLetters = true };

        await AssertFindsAsync(dead, accepted, settled);
        await ApplyAsync(Command(DeliveryCommandType.Purge, accepted));
        await AssertFindsAsync(dead, settled);
    }

    [Theory]
    [InlineData("")]
    [InlineData("never made by a store")]
    [InlineData("%%%")]
    public async Task Query_ForeignCursor_Throws(string cursor) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Fixture.Reader.QueryAsync(All with { Cursor = cursor }, default).AsTask());

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Query_NoLimit_Throws(int limit) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Fixture.Reader.QueryAsync(All with { Limit = limit }, default).AsTask());

    private async Task<StoredDelivery[]> AcceptInOrderAsync(int count)
    {
        var deliveries = Enumerable.Range(0, count).Select(_ => Some.StoredDelivery()).ToArray();
        await AcceptAsync(deliveries);
        return deliveries;
    }

    private async Task AssertFindsAsync(DeliveryQuery query, params IReadOnlyList<StoredDelivery> expected) =>
        Assert.Equal(expected.Select(delivery => delivery.Id), (await QueryAsync(query)).Select(row => row.Id));

    private async Task<List<DeliverySummary>> QueryAsync(DeliveryQuery query)
    {
        var rows = new List<DeliverySummary>();
        do
        {
            var page = await Fixture.Reader.QueryAsync(query, default);
            Assert.InRange(page.Items.Count, 0, query.Limit);
            rows.AddRange(page.Items);
            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);
        return rows;
    }
}
