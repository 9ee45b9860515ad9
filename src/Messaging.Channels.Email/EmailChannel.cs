using Microsoft.Extensions.Logging;

namespace Messaging.Channels.Email;

/// <summary>One live e-mail account. Safe for concurrent use; disposing it lets mails under way end.</summary>
internal sealed partial class EmailChannel(
    string account, EmailSettings settings, IMailTransport transport, TimeProvider time, ILogger logger) : IChannel, IAsyncDisposable
{
    public ChannelCapabilities Capabilities { get; } = new()
    {
        Kind = ChannelKinds.Email,
        Subject = true,
        Html = true,
        Attachments = true,
        ExtraRecipients = true,
        MaxRecipients = settings.MaxRecipients,
        MaxMessageBytes = settings.MaxMessageBytes,
    };

    public async ValueTask<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        cancellationToken.ThrowIfCancellationRequested();
        if (!MailDrafter.TryDraft(message, settings, out var draft, out var problem))
        {
            Log.Unsendable(logger, message.DeliveryId, account, problem.Field);
            return problem.ToResult();
        }

        var started = time.GetTimestamp();
        var content = new MimeContent(draft, time.GetUtcNow());
        var result = await TransportAsync(draft, content, cancellationToken).ConfigureAwait(false);
        Report(message.DeliveryId, result, time.GetElapsedTime(started));
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        await transport.DisposeAsync().ConfigureAwait(false);
        settings.Signer?.Dispose();
    }

    private async ValueTask<SendResult> TransportAsync(MailDraft draft, MimeContent content, CancellationToken cancellationToken)
    {
        try
        {
            var result = await transport.SendAsync(MailEnvelopes.Of(draft), content, cancellationToken).ConfigureAwait(false);
            return content.IsTooLarge && !result.IsAccepted
                ? MailDrafter.TooLarge(settings).ToResult()
                : MailAnswers.Of(result, draft.MessageId, draft.Message.OnlyFor);
        }
        catch (ObjectDisposedException)
        {
            return new SendResult.NotSent("The account was closed or replaced before the mail had its turn.", FailureScope.Message);
        }
        catch (Exception e) when (!(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            // A transport promises results. One that breaks the promise may have sent, and its text may name people.
            Log.TransportFailed(logger, draft.Message.DeliveryId, account, e.GetType().Name);
            return new SendResult.Unconfirmed($"The mail transport failed unexpectedly ({e.GetType().Name}).");
        }
    }

    private void Report(DeliveryId delivery, SendResult result, TimeSpan elapsed)
    {
        switch (result)
        {
            case SendResult.Accepted:
                Log.Accepted(logger, delivery, account, elapsed.TotalMilliseconds);
                break;
            case SendResult.Rejected rejected:
                Log.Rejected(logger, delivery, account, rejected.Reason, rejected.Scope, rejected.ProviderCode);
                break;
            case SendResult.Throttled throttled:
                Log.Throttled(logger, delivery, account, throttled.Scope, throttled.ProviderCode);
                break;
            case SendResult.NotSent notSent:
                Log.NotSent(logger, delivery, account, notSent.Why);
                break;
            case SendResult.Unconfirmed unconfirmed:
                Log.Unconfirmed(logger, delivery, account, unconfirmed.Why);
                break;
        }
    }
}
