using Messaging.Channels;
using Xunit;

namespace Messaging.Testing.Contracts.Channels;

/// <summary>The promises that every channel keeps. Derive once per channel, and once per way that a channel has to its provider.</summary>
public abstract partial class ChannelContract : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private ChannelFixture? _fixture;

    /// <summary>Gets the clock that the channel was given.</summary>
    protected ManualTimeProvider Time { get; } = new();

    /// <summary>Gets the channel and its provider.</summary>
    protected ChannelFixture Fixture => _fixture ?? throw new InvalidOperationException("The fixture is made before each test.");

    /// <inheritdoc/>
    public async Task InitializeAsync() => _fixture = await CreateAsync(Time);

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_fixture is not null)
        {
            await _fixture.DisposeAsync();
        }
    }

    /// <summary>Makes a channel and a provider that accepts.</summary>
    protected abstract Task<ChannelFixture> CreateAsync(TimeProvider time);

    [Fact]
    public void Capabilities_Always_FitTogether()
    {
        var capabilities = Fixture.Channel.Capabilities;

        Assert.NotEmpty(capabilities.Kind);
        Assert.InRange(capabilities.MaxRecipients, 1, int.MaxValue);
        Assert.Equal(capabilities.ExtraRecipients, capabilities.MaxRecipients > 1);
        Assert.True(capabilities.MaxTextLength is null or > 0);
        Assert.True(capabilities.MaxMessageBytes is null or > 0);
        Assert.Same(capabilities, Fixture.Channel.Capabilities);
    }

    [Fact]
    public async Task SendAsync_ValidMessage_IsAcceptedAndArrivesOnce()
    {
        var result = await SendAsync(Fixture.Message());

        Assert.IsType<SendResult.Accepted>(result);
        Assert.Empty(result.Recipients);
        Assert.Equal(1, await Fixture.CountAsync());
    }

    [Fact]
    public async Task SendAsync_NoMessage_Throws() => await Assert.ThrowsAsync<ArgumentNullException>(() => SendAsync(null!));

    [Fact]
    public async Task SendAsync_AlreadyCancelled_ThrowsAndSendsNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(Fixture.Message(), new CancellationToken(true)));

        Assert.Equal(0, await Fixture.CountAsync());
    }

    [Fact]
    public async Task SendAsync_ManyAtOnce_EachArrivesOnceUnderItsOwnId()
    {
        const int count = 50;

        var results = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => SendAsync(Fixture.Message()))));

        var accepted = results.Select(result => Assert.IsType<SendResult.Accepted>(result).ProviderId).Where(id => id is not null).ToList();
        Assert.Equal(accepted.Count, accepted.Distinct().Count());
        Assert.Equal(count, await Fixture.CountAsync());
    }

    [Fact]
    public async Task SendAsync_AnotherAttempt_KeepsTheIdWhereItIsOurs()
    {
        var message = Fixture.Message();

        var first = Assert.IsType<SendResult.Accepted>(await SendAsync(message));
        var second = Assert.IsType<SendResult.Accepted>(await SendAsync(message with { Attempt = 2 }));

        Assert.Equal(Fixture.HasStableIds, first.ProviderId is not null && first.ProviderId == second.ProviderId);
    }

    [Fact]
    public async Task SendAsync_SparseMessage_IsAccepted()
    {
        var message = Fixture.Message();

        Assert.IsType<SendResult.Accepted>(await SendAsync(message with
        {
            To = message.To with { Name = null },
            Subject = default,
            Html = default,
            Actions = [],
            Locale = null,
            ReplyTo = null,
        }));
    }

    [Fact]
    public async Task SendAsync_FurtherRecipients_EachHasAResult()
    {
        if (!Fixture.Channel.Capabilities.ExtraRecipients)
        {
            return;
        }

        var result = await SendAsync(Fixture.Message() with { Cc = [Fixture.Message().To], Bcc = [Fixture.Message().To] });

        Assert.IsType<SendResult.Accepted>(result);
        Assert.True(result.Recipients.Count is 0 or 3);
        Assert.All(result.Recipients, recipient => Assert.IsType<SendResult.Accepted>(recipient.Result));
    }

    /// <summary>Sends, and gives up when the channel hangs.</summary>
    protected Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken = default) =>
        Fixture.Channel.SendAsync(message, cancellationToken).AsTask().WaitAsync(Patience, CancellationToken.None);
}
