using System.Buffers;
using System.Text;
using Messaging.Channels;
using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Puts together what a channel gets: checks it against what the channel can carry, and degrades what it cannot.</summary>
internal sealed class OutboundAssembler(RecipientGuard guard, AttachmentOpener attachments)
{
    private static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n\0"u8);

    public OutboundBuild Assemble(
        DeliveryRecord record, ChannelCapabilities channel, in DecodedMessage message, in DecodedDelivery delivery, StoredContent content)
    {
        var address = record.Delivery.Address;
        if (guard.Pass(address, out var stopped) is not { } to)
        {
            return new(null, null, stopped);
        }

        var actions = message.Actions();
        content = Degrader.Fit(content, actions, channel);
        var problem = Misfit(content, channel);
        var files = Attachments(record, channel, message, ref problem);
        if (problem is not null)
        {
            return new(null, null, new Why(WhyCodes.RenderFailed, problem));
        }

        var (cc, bcc) = (Allowed(delivery.Cc(address.Kind)), Allowed(delivery.Bcc(address.Kind)));
        if (!TryFindRest(delivery.Answered, address, cc, bcc, out var only))
        {
            return new(null, null, new Why(WhyCodes.NotAllowed, "The recipients that are left are not let through by the staging guard; the others have it."));
        }

        return new(
            new OutboundMessage
            {
                Id = record.Message.Id,
                DeliveryId = record.Delivery.Id,
                Tenant = record.Message.Tenant,
                Attempt = record.State.TotalAttempts + 1,
                AcceptedAt = record.Message.AcceptedAt,
                To = To(to, address, delivery.Name),
                Cc = cc,
                Bcc = bcc,
                OnlyFor = only,
                From = message.From,
                ReplyTo = message.ReplyTo,
                Subject = content.Subject,
                Text = content.Text,
                Html = content.Html,
                Actions = channel.Actions ? actions : [],
                Attachments = files,
                Extras = message.Extras(address.Kind),
                Metadata = message.Metadata(),
                Category = record.Message.Category,
                Locale = delivery.Locale,
                ExpiresAt = record.Message.ExpiresAt,
            },
            null,
            null);
    }

    /// <summary>Finds the places of those who have no answer yet.</summary>
    /// <returns><see langword="false"/> when there are none.</returns>
    private static bool TryFindRest(HashSet<string>? answered, Address to, OutboundRecipient[] cc, OutboundRecipient[] bcc, out int[] places)
    {
        places = [];
        if (answered is null)
        {
            return true;
        }

        List<int> rest = answered.Contains(to.Value) ? [] : [0];
        for (var i = 0; i < cc.Length + bcc.Length; i++)
        {
            if (!answered.Contains((i < cc.Length ? cc[i] : bcc[i - cc.Length]).Address.Value))
            {
                rest.Add(i + 1);
            }
        }

        places = rest.Count == 1 + cc.Length + bcc.Length ? [] : [.. rest];
        return rest.Count > 0;
    }

    /// <summary>A redirected message shows who it was for.</summary>
    private static OutboundRecipient To(Address to, Address wanted, string? name) =>
        new(to, to == wanted ? name : name is null ? wanted.Value : $"{name} ({wanted.Value})");

    private static string? Misfit(in StoredContent content, ChannelCapabilities channel) =>
        content.Subject.Utf8.Span.ContainsAny(LineBreaks) ? "The rendered subject holds a line break, which would end the header. Take it out of the template's data."
        : channel.MaxTextLength is { } most && Encoding.UTF8.GetCharCount(content.Text.Utf8.Span) is var length && length > most
            ? $"The text has {length} characters; the channel carries {most}."
        : null;

    private OutboundAttachment[] Attachments(DeliveryRecord record, ChannelCapabilities channel, in DecodedMessage message, ref string? problem)
    {
        var stored = message.Attachments();
        if (stored.Length == 0)
        {
            return [];
        }

        if (!channel.Attachments)
        {
            problem ??= "The channel carries no attachments, and the message has some.";
            return [];
        }

        var files = new OutboundAttachment[stored.Length];
        for (var i = 0; i < files.Length; i++)
        {
            files[i] = attachments.Open(record.Message.Tenant, stored[i])!;
            if (files[i] is null)
            {
                problem ??= $"The attachment {i} needs {(stored[i].Source is { } source ? $"the source '{source}'" : "an attachment store")}, which this process does not have.";
            }
        }

        return files;
    }

    /// <summary>Under the staging guard further recipients get nothing, unless they are allowed.</summary>
    private OutboundRecipient[] Allowed(OutboundRecipient[] recipients) =>
        recipients.Length == 0 || guard.IsOpen ? recipients : Array.FindAll(recipients, r => guard.Pass(r.Address, out _) == r.Address);
}
