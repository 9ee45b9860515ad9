using System.Runtime.CompilerServices;
using Messaging.Contacts;
using Messaging.Gates;
using Messaging.Storage;
using Messaging.Templates;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Sending;

public sealed class BulkPipelineTests
{
    private static SendRequest Newsletter => new() { To = default, Channel = "email", Template = new("newsletter") { Data = Data("Salon", "Glow") } };

    [Fact]
    public async Task SendBulkAsync_Items_BecomeDeliveriesOfOneMessageAndRenderWhenSent()
    {
        await using var harness = Harness();
        var items = Enumerable.Range(0, 1_234).Select(i => new BulkItem(Recipient.Email($"r{i}@example.com", $"R{i}") with { Locale = i % 2 == 0 ? "pl" : "en" })
        {
            Data = Data("Name", $"n{i}"),
            Reference = $"ref-{i}",
        });

        var receipt = await harness.Hub.SendBulkAsync(new BulkRequest { Message = Newsletter, Items = Stream(items) });
        var record = await ByReferenceAsync(harness, "ref-777");
        var build = await harness.TryBuildAsync(record);

        Assert.Equal((SendStatus.Accepted, 1_234, 0, 0, 0), (receipt.Status, receipt.Accepted, receipt.Duplicates, receipt.Suppressed, receipt.Refused));
        Assert.Equal(1_234, await harness.CountAsync());
        Assert.Equal((receipt.MessageId, MessagePriority.Bulk), (record.Message.Id, record.Delivery.Priority));
        Assert.Equal("en: Hello n777 from Glow", build.Message?.Text.ToString());
        Assert.Equal("R777", build.Message?.To.Name);
        Assert.Equal("pl: Hello n778 from Glow", (await harness.BuildAsync(await ByReferenceAsync(harness, "ref-778"))).Text.ToString());
        Assert.NotNull(build.Rendered);
        var retried = await harness.TryBuildAsync(record with { Delivery = record.Delivery with { Payload = build.Rendered!.Value } });
        Assert.Equal(build.Message!.Text.ToString(), retried.Message!.Text.ToString());
        Assert.Null(retried.Rendered);
    }

    [Fact]
    public async Task SendBulkAsync_TemplateChangesAfterwards_ThePinnedVersionIsSent()
    {
        await using var harness = Harness();
        await harness.Hub.SendBulkAsync(new BulkRequest { Message = Newsletter, Items = Stream([Item("anna") with { Reference = "a" }]) });

        harness.Templates.Add("newsletter", locale: "en", text: "changed");

        Assert.Equal("en: Hello anna from Glow", (await harness.BuildAsync(await ByReferenceAsync(harness, "a"))).Text.ToString());
    }

    [Fact]
    public async Task SendBulkAsync_ItemDataOverShared_TheItemWins()
    {
        await using var harness = Harness();
        var item = Item("anna") with { Data = Data("Salon", "Own").With(Data("Name", "Anna")), Reference = "a" };

        await harness.Hub.SendBulkAsync(new BulkRequest { Message = Newsletter, Items = Stream([item]) });

        Assert.Equal("en: Hello Anna from Own", (await harness.BuildAsync(await ByReferenceAsync(harness, "a"))).Text.ToString());
    }

    [Fact]
    public async Task SendBulkAsync_BadItems_AreRefusedAloneAndListedInOrder()
    {
        await using var harness = Harness();
        BulkItem?[] items =
        [
            Item("a"), new(Recipient.Email("not an address")) { Reference = "bad-1" }, Item("b"), null, new(null!), Item("c") with { Data = null },
            new(Recipient.Contact("nobody")) { Reference = "bad-5" }, Item("d") with { Reference = new string('r', 201) }, new(Recipient.Phone("+48123456789")), Item("e"),
        ];

        var receipt = await harness.Hub.SendBulkAsync(new BulkRequest { Message = Newsletter, Items = Stream(items!) });
        var history = harness.Get<IMessageHistory>();
        var first = await history.RefusedAsync(TenantId.Default, receipt.MessageId, limit: 3);
        var rest = await history.RefusedAsync(TenantId.Default, receipt.MessageId, first.Next, limit: 50);

        Assert.Equal((3, 7), (receipt.Accepted, receipt.Refused));
        Assert.Equal([1, 3, 4, 5, 6, 7, 8], first.Items.Concat(rest.Items).Select(r => r.Position));
        Assert.Equal(("bad-1", "To.Address", "invalid_address"), (first.Items[0].Reference, first.Items[0].Problems[0].Field, first.Items[0].Problems[0].Code));
        Assert.Equal("required", first.Items[1].Problems[0].Code);
        Assert.Equal(("Data.Name", "missing_variable"), (rest.Items[0].Problems[0].Field, rest.Items[0].Problems[0].Code));
        Assert.Equal("unknown_contact", rest.Items[1].Problems[0].Code);
        Assert.Equal("Reference", rest.Items[2].Problems[0].Field);
        Assert.Equal("no_address", rest.Items[3].Problems[0].Code);
        Assert.Empty((await history.RefusedAsync(new TenantId("other"), receipt.MessageId)).Items);
    }

    [Fact]
    public async Task SendBulkAsync_SameRecipientTwice_CountsOnceUnlessItemsDiffer()
    {
        await using var harness = Harness();

        var receipt = await harness.Hub.SendBulkAsync(new BulkRequest
        {
            Message = Newsletter,
            Items = Stream([Item("a"), Item("a"), new BulkItem(Recipient.Email("a@EXAMPLE.com")) { Data = Data("Name", "x") }, Item("a") with { ItemKey = "1" }, Item("a") with { ItemKey = "2" }]),
        });

        Assert.Equal((3, 2), (receipt.Accepted, receipt.Duplicates));
    }

    [Fact]
    public async Task SendBulkAsync_PlayedAgainUnderItsKey_ResumesWhereItStopped()
    {
        await using var harness = Harness(m => m.Configure(o => o.BulkChunkSize = 100));
        using var stop = new CancellationTokenSource();
        var all = Enumerable.Range(0, 1_000).Select(i => i == 10 ? new BulkItem(Recipient.Email("bad")) : Item($"r{i}")).ToArray();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => harness.Hub.SendBulkAsync(
            new BulkRequest { Message = Newsletter, Items = Stream(all, i => { if (i == 450) { stop.Cancel(); } }), Key = "march" }, stop.Token));
        var stored = await harness.CountAsync();
        var receipt = await harness.Hub.SendBulkAsync(new BulkRequest { Message = Newsletter, Items = Stream(all), Key = "march" });
        var again = await harness.Hub.SendBulkAsync(new BulkRequest { Message = Newsletter, Items = Stream(all), Key = "march" });

        Assert.Equal(399, stored);
        Assert.Equal((600, 399, 1), (receipt.Accepted, receipt.Duplicates, receipt.Refused));
        Assert.Equal((0, 999, 1), (again.Accepted, again.Duplicates, again.Refused));
        Assert.Equal(receipt.MessageId, again.MessageId);
        Assert.Single((await harness.Get<IMessageHistory>().RefusedAsync(TenantId.Default, receipt.MessageId)).Items);
    }

    [Fact]
    public async Task SendBulkAsync_KeyOfAnotherMessage_IsAConflictAndReadsNothing()
    {
        await using var harness = Harness();
        var first = await harness.Hub.SendBulkAsync(new BulkRequest { Message = Newsletter, Items = Stream([Item("a")]), Key = "march" });
        var read = 0;

        var second = await harness.Hub.SendBulkAsync(new BulkRequest
        {
            Message = Newsletter with { Template = new("newsletter") { Data = Data("Salon", "Other") } },
            Items = Stream([Item("b")], _ => read++),
            Key = "march",
        });

        Assert.Equal((SendStatus.Conflict, first.MessageId, 0, 0), (second.Status, second.MessageId, second.Accepted, read));
        Assert.Equal(1, await harness.CountAsync());
    }

    [Fact]
    public async Task SendBulkAsync_WithoutKey_IsANewBulkEachTime()
    {
        await using var harness = Harness();

        var first = await harness.Hub.SendBulkAsync(new BulkRequest { Message = Newsletter, Items = Stream([Item("a")]) });
        var second = await harness.Hub.SendBulkAsync(new BulkRequest { Message = Newsletter, Items = Stream([Item("a")]) });

        Assert.NotEqual(first.MessageId, second.MessageId);
        Assert.Equal(2, await harness.CountAsync());
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData("march", 3)]
    public async Task SendBulkAsync_FirstChunk_BringsTheMessageUnlessAKeyMustBeLookedUpFirst(string? key, int commits)
    {
        RacingStore? store = null;
        await using var harness = Harness(m => m.Configure(o => o.BulkChunkSize = 10)
            .Services.AddSingleton<IMessageStore>(s => store = new RacingStore(s.GetRequiredService<Messaging.Storage.Memory.MemoryStore>())));

        var receipt = await harness.Hub.SendBulkAsync(new BulkRequest { Message = Newsletter, Items = Stream(Enumerable.Range(0, 15).Select(i => Item($"r{i}"))), Key = key });

        Assert.Equal((15, commits), (receipt.Accepted, store!.Commits));
    }

    [Fact]
    public async Task SendBulkAsync_NoItems_KeepsItsMessage()
    {
        RacingStore? store = null;
        await using var harness = Harness(m => m.Services.AddSingleton<IMessageStore>(s => store = new RacingStore(s.GetRequiredService<Messaging.Storage.Memory.MemoryStore>())));

        var receipt = await harness.Hub.SendBulkAsync(new BulkRequest { Message = Newsletter, Items = Stream([]) });

        Assert.Equal((SendStatus.Accepted, 0, 1), (receipt.Status, receipt.Accepted, store!.Commits));
    }

    [Fact]
    public async Task SendBulkAsync_StreamThatBreaksAtOnce_StoresNothing()
    {
        RacingStore? store = null;
        await using var harness = Harness(m => m.Services.AddSingleton<IMessageStore>(s => store = new RacingStore(s.GetRequiredService<Messaging.Storage.Memory.MemoryStore>())));
        var items = Stream([Item("a")], _ => throw new InvalidDataException("broken"));

        await Assert.ThrowsAsync<InvalidDataException>(() => harness.Hub.SendBulkAsync(new BulkRequest { Message = Newsletter, Items = items }));

        Assert.Equal(0, store!.Commits);
    }

    [Fact]
    public async Task SendBulkAsync_SharedPartIsWrong_SaysAllAndReadsNothing()
    {
        await using var harness = Harness();
        var read = 0;

        var refusal = await Assert.ThrowsAsync<InvalidSendRequestException>(() => harness.Hub.SendBulkAsync(new BulkRequest
        {
            Message = Newsletter with { To = Some.Recipient(), Cc = [Some.Recipient()], IdempotencyKey = "x", Template = new("nwesletter"), From = "a\nb", SendAt = Some.Instant.AddDays(-1) },
            Items = Stream([Item("a")], _ => read++),
            Key = new string('k', 201),
        }));

        Assert.Equal(["Key", "Message.To", "Message.Cc", "Message.IdempotencyKey", "From", "SendAt", "Template.Code"], refusal.Problems.Select(p => p.Field));
        Assert.Equal(0, read);
        await harness.AssertNothingStoredAsync();
    }

    [Fact]
    public async Task SendBulkAsync_UnknownChannel_IsRefusedWhole()
    {
        await using var harness = Harness();

        var refusal = await Assert.ThrowsAsync<InvalidSendRequestException>(
            () => harness.Hub.SendBulkAsync(new BulkRequest { Message = Newsletter with { Channel = "mail" }, Items = Stream([Item("a")]) }));

        Assert.Equal("unknown_channel", Assert.Single(refusal.Problems).Code);
    }

    [Fact]
    public async Task SendBulkAsync_Gates_AreAskedOncePerChunkAndSuppressedItemsCounted()
    {
        var gate = new ScriptedGate(c =>
        {
            if (c.Address.Value.StartsWith("stop", StringComparison.Ordinal))
            {
                c.Suppress(new Why("stop", "Stop."));
            }
        });
        await using var harness = Harness(m => m.Configure(o => o.BulkChunkSize = 50).Services.AddSingleton<ISendGate>(gate));

        var receipt = await harness.Hub.SendBulkAsync(new BulkRequest { Message = Newsletter, Items = Stream(Enumerable.Range(0, 100).Select(i => Item(i % 10 == 0 ? $"stop{i}" : $"r{i}"))) });

        Assert.Equal((90, 10), (receipt.Accepted, receipt.Suppressed));
        Assert.Equal(2, gate.Asked);
    }

    [Fact]
    public async Task SendBulkAsync_Contacts_AreFoundOncePerChunk()
    {
        await using var harness = Harness(m => m.UseDirectory<FakeDirectory>().Configure(o => o.BulkChunkSize = 25));
        var directory = FakeDirectory.Of(harness);
        for (var i = 0; i < 50; i++)
        {
            directory.Add(new Contact { Id = Some.ContactId(), Tenant = TenantId.Default, ExternalId = $"c{i}", Locale = "pl", Addresses = [new(ChannelKinds.Email, $"c{i}@example.com")] });
        }

        var receipt = await harness.Hub.SendBulkAsync(new BulkRequest
        {
            Message = Newsletter,
            Items = Stream(Enumerable.Range(0, 50).Select(i => new BulkItem(Recipient.Contact($"c{i}")) { Data = Data("Name", "x"), Reference = $"ref-{i}" })),
        });

        Assert.Equal((50, 2), (receipt.Accepted, directory.Asked));
        Assert.StartsWith("pl:", (await harness.BuildAsync(await ByReferenceAsync(harness, "ref-49"))).Text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendBulkAsync_StreamThatPauses_StoresWhatItGaveMeanwhile()
    {
        var stored = new TaskCompletionSource<int>();
        var gate = new ScriptedGate(_ => { });
        gate.OnAsked = batch => stored.TrySetResult(batch.Candidates.Count);
        await using var harness = Harness(m => m.Services.AddSingleton<ISendGate>(gate));
        var pause = new TaskCompletionSource();
        async IAsyncEnumerable<BulkItem> Slow()
        {
            yield return Item("a");
            yield return Item("b");
            await pause.Task;
            yield return Item("c");
        }

        var sending = harness.Hub.SendBulkAsync(new BulkRequest { Message = Newsletter, Items = Slow() });
        Assert.False(stored.Task.IsCompleted);
        harness.Time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(2, await stored.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        pause.SetResult();
        Assert.Equal(3, (await sending.WaitAsync(TimeSpan.FromSeconds(30))).Accepted);
        Assert.Equal(2, gate.Asked);
    }

    [Fact]
    public async Task SendBulkAsync_StreamThatBreaks_KeepsTheChunksBeforeAndEndsTheStream()
    {
        await using var harness = Harness(m => m.Configure(o => o.BulkChunkSize = 10));
        var ended = false;
        async IAsyncEnumerable<BulkItem> Broken([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            try
            {
                for (var i = 0; i < 25; i++)
                {
                    await Task.Yield();
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return Item($"r{i}");
                }

                throw new InvalidDataException("broken");
            }
            finally
            {
                ended = true;
            }
        }

        await Assert.ThrowsAsync<InvalidDataException>(() => harness.Hub.SendBulkAsync(new BulkRequest { Message = Newsletter, Items = Broken(), Key = "k" }).WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.True(ended);
        Assert.Equal(20, await harness.CountAsync());
    }

    [Fact]
    public async Task SendBulkAsync_ChunkInterval_PausesBetweenChunks()
    {
        await using var harness = Harness(m => m.Configure(o => (o.BulkChunkSize, o.BulkChunkInterval) = (10, TimeSpan.FromSeconds(1))));

        var sending = harness.Hub.SendBulkAsync(new BulkRequest { Message = Newsletter, Items = Stream(Enumerable.Range(0, 20).Select(i => Item($"r{i}"))) });

        Assert.Equal(10, await harness.CountAsync());
        harness.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(20, (await sending.WaitAsync(TimeSpan.FromSeconds(30))).Accepted);
    }

    [Fact]
    public async Task SendBulkAsync_RawContent_IsStoredOnce()
    {
        await using var harness = Harness();
        var text = new string('x', 50_000);
        var message = new SendRequest { To = default, Content = new() { Subject = "News", Text = text }, SendAt = Some.Instant.AddHours(1) };

        var receipt = await harness.Hub.SendBulkAsync(new BulkRequest { Message = message, Items = Stream([Item("a") with { Data = null, Reference = "a" }, Item("b") with { Data = null }]) });
        var record = await ByReferenceAsync(harness, "a");

        Assert.Equal(2, receipt.Accepted);
        Assert.Equal((WorkState.Waiting, Some.Instant.AddHours(1)), (record.State.Work, record.State.DueAt));
        Assert.InRange(record.Delivery.Payload.Length, 1, 100);
        Assert.Equal(text, (await harness.BuildAsync(record)).Text.ToString());
    }

    [Fact]
    public async Task SendBulkAsync_Route_PlansEachItem()
    {
        await using var harness = Harness(m => m.UseDirectory<FakeDirectory>().AddRoute("urgent", r => r.Try("sms").Then("email")));
        FakeDirectory.Of(harness).Add(new Contact { Id = Some.ContactId(), Tenant = TenantId.Default, ExternalId = "anna", Addresses = [new(ChannelKinds.Email, "anna@example.com"), new(ChannelKinds.Sms, "+48123456789")] });
        harness.Templates.Add("newsletter", ChannelKinds.Sms, text: "sms {Name}");

        var receipt = await harness.Hub.SendBulkAsync(new BulkRequest
        {
            Message = Newsletter with { Channel = null, Route = "urgent" },
            Items = Stream([new BulkItem(Recipient.Contact("anna")) { Data = Data("Name", "Anna"), Reference = "a" }, Item("jan")]),
        });
        var anna = await ByReferenceAsync(harness, "a");

        Assert.Equal(2, receipt.Accepted);
        Assert.NotNull(anna.Delivery.PlanId);
        Assert.Equal("sms Anna", (await harness.BuildAsync(anna)).Text.ToString());
    }

    [Fact]
    public async Task SendBulkAsync_FixedTenant_StoresUnderIt()
    {
        await using var harness = Harness();
        var tenant = new TenantId("salon");

        await harness.Hub.ForTenant(tenant).SendBulkAsync(new BulkRequest { Message = Newsletter, Items = Stream([Item("a")]) });

        Assert.Equal((0, 1), (await harness.CountAsync(), await harness.CountAsync(tenant)));
    }

    private static SendingHarness Harness(Action<MessagingBuilder>? configure = null)
    {
        var harness = new SendingHarness(configure);
        harness.Templates.Add("newsletter", locale: "en", text: "en: Hello {Name} from {Salon}");
        harness.Templates.Add("newsletter", locale: "pl", text: "pl: Hello {Name} from {Salon}");
        return harness;
    }

    private static BulkItem Item(string name) => new(Recipient.Email($"{name}@example.com")) { Data = Data("Name", name) };

    private static TemplateData Data(string name, string value) => TemplateData.From([KeyValuePair.Create(name, (object?)value)]);

    private static async IAsyncEnumerable<BulkItem> Stream(IEnumerable<BulkItem> items, Action<int>? reading = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        var i = 0;
        foreach (var item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            reading?.Invoke(i++);
            yield return item;
        }
    }

    private static async Task<DeliveryRecord> ByReferenceAsync(SendingHarness harness, string reference)
    {
        var page = await harness.Reader.QueryAsync(new DeliveryQuery { Tenant = TenantId.Default, Reference = reference }, CancellationToken.None);
        return await harness.RecordAsync(Assert.Single(page.Items).Id);
    }
}
