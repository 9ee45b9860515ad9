using Messaging.Channels;
using Xunit;

namespace Messaging.Testing.Contracts.Channels;

public abstract partial class ChannelContract
{
    [Fact]
    public async Task SendAsync_ProviderRefuses_IsAnAnswerWithoutTheAddress()
    {
        if (Fixture.TrySet(ProviderBehavior.Refuses))
        {
            var message = Fixture.Message();

            var rejected = Assert.IsType<SendResult.Rejected>(await SendAsync(message));

            Assert.NotEmpty(rejected.ProviderText);
            Assert.DoesNotContain(message.To.Address.Value, $"{rejected.ProviderText} {rejected.ProviderCode}", StringComparison.OrdinalIgnoreCase);
            Assert.Equal(0, await Fixture.CountAsync());
        }
    }

    [Fact]
    public async Task SendAsync_ProviderThrottles_IsAnAnswer()
    {
        if (Fixture.TrySet(ProviderBehavior.Throttles))
        {
            var throttled = Assert.IsType<SendResult.Throttled>(await SendAsync(Fixture.Message()));

            Assert.True(throttled.RetryAfter is null || throttled.RetryAfter >= TimeSpan.Zero);
            Assert.Equal(0, await Fixture.CountAsync());
        }
    }

    [Fact]
    public async Task SendAsync_ProviderUnreachable_IsNotSentAndTheAccountsFault()
    {
        if (Fixture.TrySet(ProviderBehavior.IsUnreachable))
        {
            var notSent = Assert.IsType<SendResult.NotSent>(await SendAsync(Fixture.Message()));

            Assert.Equal(FailureScope.Account, notSent.Scope);
            Assert.NotEmpty(notSent.Why);
            Assert.Equal(0, await Fixture.CountAsync());
        }
    }

    [Fact]
    public async Task SendAsync_ProviderBreaksAfterTaking_IsUnconfirmed()
    {
        if (Fixture.TrySet(ProviderBehavior.BreaksAfterTaking))
        {
            var message = Fixture.Message();

            var unconfirmed = Assert.IsType<SendResult.Unconfirmed>(await SendAsync(message));

            Assert.NotEmpty(unconfirmed.Why);
            Assert.DoesNotContain(message.To.Address.Value, unconfirmed.Why, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(1, await Fixture.CountAsync());
        }
    }

    [Fact]
    public async Task SendAsync_CancelledWhileTheProviderHangs_EndsAndSendsNothing()
    {
        if (Fixture.TrySet(ProviderBehavior.Hangs))
        {
            using var cancellation = new CancellationTokenSource();
            var sending = SendAsync(Fixture.Message(), cancellation.Token);

            await cancellation.CancelAsync();

            // Thrown when nothing left; an answer when something did.
            var result = await Record.ExceptionAsync(() => sending) is null ? await sending : null;
            Assert.True(result is null ? sending.IsCanceled : result is SendResult.Unconfirmed or SendResult.NotSent);
            Assert.Equal(0, await Fixture.CountAsync());
        }
    }

    [Fact]
    public async Task SendAsync_AfterAFailure_WorksAgain()
    {
        if (Fixture.TrySet(ProviderBehavior.IsUnreachable))
        {
            await SendAsync(Fixture.Message());
            Assert.True(Fixture.TrySet(ProviderBehavior.Accepts));

            Assert.IsType<SendResult.Accepted>(await SendAsync(Fixture.Message()));
        }
    }

    [Fact]
    public async Task Dispose_ThenSend_SendsNothing()
    {
        if (Fixture.Channel is IAsyncDisposable channel)
        {
            await channel.DisposeAsync();
            await channel.DisposeAsync();

            var exception = await Record.ExceptionAsync(async () => Assert.IsNotType<SendResult.Accepted>(await SendAsync(Fixture.Message())));

            Assert.True(exception is null or ObjectDisposedException, "A disposed channel answers, or throws ObjectDisposedException.");
            Assert.Equal(0, await Fixture.CountAsync());
        }
    }
}
