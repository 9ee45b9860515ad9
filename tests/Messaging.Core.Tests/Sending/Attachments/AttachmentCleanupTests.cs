using Messaging.Channels;
using Messaging.Core.Fakes;
using Messaging.Storage;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Sending;

/// <summary>Files in the attachment store go when no delivery needs them.</summary>
public sealed class AttachmentCleanupTests
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    [Fact]
    public async Task RunAsync_MessageIsSent_ItsFilesStayForTheTimeAndThenGo()
    {
        await using var bench = Create();
        await SendAsync(bench);
        await bench.Test.DrainAsync();

        await bench.Test.AdvanceAsync(6 * s_day);
        Assert.Single(Files(bench));
        await bench.Test.AdvanceAsync(2 * s_day);

        Assert.Empty(Files(bench));
    }

    [Fact]
    public async Task RunAsync_SensitiveMessageIsSent_ItsFilesGoWithinTwoHours()
    {
        await using var bench = Create();
        await SendAsync(bench, r => r with { Sensitive = true });
        await bench.Test.DrainAsync();
        Assert.Single(Files(bench));

        await bench.Test.AdvanceAsync(TimeSpan.FromHours(2));

        Assert.Empty(Files(bench));
    }

    [Fact]
    public async Task RunAsync_DeliveryIsStillOpen_ItsFilesStayAndAreSent()
    {
        await using var bench = Create();
        await SendAsync(bench, r => r with { SendAt = bench.Now + (20 * s_day) });

        await bench.Test.AdvanceAsync(19 * s_day);
        Assert.Single(Files(bench));
        await bench.Test.AdvanceAsync(2 * s_day);

        Assert.Single(bench.Test.Sent);
        Assert.Empty(Files(bench));
    }

    [Fact]
    public async Task RunAsync_DeliveryIsADeadLetter_ItsFilesStayUntilItIsPurged()
    {
        await using var bench = Create(m => m.ConfigureKind("email", k => k.MaxAttempts = 1));
        bench.Test.FailNext(new SendResult.NotSent("down", FailureScope.Message));
        await SendAsync(bench);
        await bench.Test.AdvanceAsync(20 * s_day);
        Assert.Single(Files(bench));

        await bench.Operations.PurgeAsync(new DeliveryQuery { Tenant = TenantId.Default });
        await bench.Test.AdvanceAsync(s_day);

        Assert.Empty(Files(bench));
    }

    [Fact]
    public async Task RunAsync_RouteGoesOn_ItsFilesStay()
    {
        await using var bench = Create(m => m
            .AddTestChannel("second", capabilities: Capabilities())
            .AddRoute("slowly", r => r.Try("email", within: TimeSpan.FromDays(30)).Then("second")));
        await SendAsync(bench, r => r with { Channel = null, Route = "slowly" });

        await bench.Test.AdvanceAsync(20 * s_day);

        Assert.Single(Files(bench));
    }

    private static ChannelCapabilities Capabilities() =>
        new() { Kind = ChannelKinds.Email, Subject = true, Html = true, Attachments = true, BestProof = MessageEventType.Delivered };

    private static Bench Create(Action<MessagingBuilder>? configure = null) => new(m =>
    {
        m.AddTestChannel("email", capabilities: Capabilities()).UseAttachmentStore<FakeAttachmentStore>();
        configure?.Invoke(m);
    });

    private static Task<DeliveryId> SendAsync(Bench bench, Func<SendRequest, SendRequest>? edit = null)
    {
        var attachment = Attachment.FromBytes("terms.pdf", "application/pdf", new byte[300 * 1024]);
        return bench.SendAsync(edit: r => (edit ?? (same => same))(r with { Channel = "email", Attachments = [attachment] }));
    }

    private static IEnumerable<string> Files(Bench bench) =>
        ((FakeAttachmentStore)bench.Services.GetRequiredKeyedService<IAttachmentStore>(AttachmentStores.HostChoice)).Contents.Keys;
}
