using Messaging.Storage;
using Messaging.Templates;
using Messaging.Testing;

namespace Messaging.Sending;

public sealed class OutboundMessageFactoryTests
{
    [Fact]
    public async Task BuildAsync_RawContent_HandsOutSlicesOfThePayload()
    {
        await using var harness = new SendingHarness();
        var record = await harness.AcceptAsync(Some.Request() with { Content = new() { Text = "Hello" } });

        var message = await harness.BuildAsync(record);

        Assert.True(record.Message.Payload.Span.Overlaps(message.Text.Utf8.Span));
    }

    [Fact]
    public async Task BuildAsync_DamagedPayload_IsAnAnswer()
    {
        await using var harness = new SendingHarness();
        var record = await harness.AcceptAsync(Some.Request());

        foreach (var payload in new byte[][] { [9], [1, 6, 200], [1, 6, 5, 255, 255, 255, 255, 15] })
        {
            var build = await harness.TryBuildAsync(record with { Message = record.Message with { Payload = payload } });
            Assert.Equal(WhyCodes.RenderFailed, build.Failure?.Code);
            Assert.Null(build.Message);
        }
    }

    [Fact]
    public async Task BuildAsync_PayloadGone_SaysSo()
    {
        await using var harness = new SendingHarness();
        var record = await harness.AcceptAsync(Some.Request());

        var build = await harness.TryBuildAsync(record with { Message = record.Message with { Payload = default }, Delivery = record.Delivery with { Payload = default } });

        Assert.Contains("gone", build.Failure?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_TemplateGone_SaysWhich()
    {
        await using var harness = new SendingHarness();
        var record = await LaterAsync(harness, TemplateData.From([KeyValuePair.Create("Name", (object?)"Anna")]));

        var build = await harness.TryBuildAsync(record with { Message = record.Message with { Template = "other" } });

        Assert.Equal(WhyCodes.RenderFailed, build.Failure?.Code);
        Assert.Contains("'other'", build.Failure?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_TemplateAnswersLater_IsAwaitedAndItsFailureAnAnswer()
    {
        await using var harness = new SendingHarness();
        var good = await LaterAsync(harness, TemplateData.From([KeyValuePair.Create("Name", (object?)"Anna")]));
        var bad = good with { Message = good.Message with { Template = "strict" } };
        harness.Templates.Add("strict", text: "{Missing}");
        harness.Templates.IsSlow = true;

        Assert.Equal("Hello Anna", (await harness.BuildAsync(good)).Text.ToString());
        Assert.Contains("Missing", (await harness.TryBuildAsync(bad)).Failure?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_RenderedSubjectWithALineBreak_IsRefused()
    {
        await using var harness = new SendingHarness();
        harness.Templates.Add("subject", subject: "{Name}", text: "x");
        var record = await LaterAsync(harness, TemplateData.From([KeyValuePair.Create("Name", (object?)"a\r\nBcc: eve@example.com")]), "subject");

        Assert.Equal(WhyCodes.RenderFailed, (await harness.TryBuildAsync(record)).Failure?.Code);
    }

    [Fact]
    public async Task BuildAsync_TextTooLongForTheChannel_IsRefused()
    {
        await using var harness = new SendingHarness();
        var record = await harness.AcceptAsync(Some.Request() with { Content = new() { Text = new string('ż', 200) } });

        Assert.Contains("200 characters", (await harness.TryBuildAsync(record, harness.Sms.Capabilities)).Failure?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_ChannelWithoutAttachments_RefusesThem()
    {
        await using var harness = new SendingHarness();
        var record = await harness.AcceptAsync(Some.Request() with { Attachments = [Attachment.FromBytes("a.txt", "text/plain", "x"u8.ToArray())] });

        Assert.Contains("attachments", (await harness.TryBuildAsync(record, harness.Sms.Capabilities)).Failure?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_Attempts_AreCounted()
    {
        await using var harness = new SendingHarness();
        var record = await harness.AcceptAsync(Some.Request());

        Assert.Equal(4, (await harness.BuildAsync(record with { State = record.State with { TotalAttempts = 3 } })).Attempt);
    }

    [Fact]
    public async Task BuildAsync_Extras_ReachTheirKindOnly()
    {
        await using var harness = new SendingHarness();
        var record = await harness.AcceptAsync(Some.Request() with { Extras = [new Header("email", "X-A", "1"), new Header("sms", "X-B", "2"), new Header("email", "X-C", "3")] });

        var message = await harness.BuildAsync(record);

        Assert.Equal(["X-A", "X-C"], message.Extras.Keys.Order());
    }

    private static async Task<DeliveryRecord> LaterAsync(SendingHarness harness, TemplateData data, string code = "greeting")
    {
        harness.Templates.Add("greeting", text: "Hello {Name}");
        async IAsyncEnumerable<BulkItem> One()
        {
            await Task.CompletedTask;
            yield return Some.BulkItem() with { Data = data, Reference = "one" };
        }

        await harness.Hub.SendBulkAsync(new BulkRequest { Message = new SendRequest { To = default, Channel = "email", Template = new(code) }, Items = One() });
        var page = await harness.Reader.QueryAsync(new DeliveryQuery { Tenant = TenantId.Default, Reference = "one" }, CancellationToken.None);
        return await harness.RecordAsync(Assert.Single(page.Items).Id);
    }

    private sealed record Header(string Kind, string Name, string Value) : IChannelExtras
    {
        public void WriteTo(IDictionary<string, string> properties) => properties[Name] = Value;
    }
}
