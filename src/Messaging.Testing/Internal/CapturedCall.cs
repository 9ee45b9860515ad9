using Messaging.Channels;

namespace Messaging.Testing.Internal;

/// <summary>One call of a channel.</summary>
/// <param name="Message">What the channel got.</param>
/// <param name="Account">The channel's account.</param>
/// <param name="At">When.</param>
/// <param name="Attachments">The attachments, read.</param>
internal sealed record CapturedCall(OutboundMessage Message, ChannelAccount Account, DateTimeOffset At, IReadOnlyList<SentAttachment> Attachments)
{
    /// <summary>Reads what is only valid during the call.</summary>
    public static async ValueTask<CapturedCall> ReadAsync(OutboundMessage message, ChannelAccount account, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var attachments = new List<SentAttachment>(message.Attachments.Count);
        foreach (var attachment in message.Attachments)
        {
            attachments.Add(await ReadAsync(attachment, cancellationToken).ConfigureAwait(false));
        }

        return new CapturedCall(message, account, at, attachments);
    }

    /// <summary>Returns the capture in the type of its kind.</summary>
    public SentMessage ToMessage() => Account.Kind switch
    {
        ChannelKinds.Email => new EmailMessage(this),
        ChannelKinds.Sms => new SmsMessage(this),
        ChannelKinds.Voice => new VoiceMessage(this),
        ChannelKinds.WhatsApp => new WhatsAppMessage(this),
        ChannelKinds.Telegram => new TelegramMessage(this),
        ChannelKinds.WebChat => new WebChatMessage(this),
        ChannelKinds.Push => new PushMessage(this),
        _ => new OtherMessage(this),
    };

    private static async ValueTask<SentAttachment> ReadAsync(OutboundAttachment attachment, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        var source = await attachment.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            await source.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        }

        return new SentAttachment(attachment.FileName, attachment.ContentType, bytes.ToArray(), attachment.ContentId);
    }
}
