using System.Buffers;
using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Takes in attachments while a message is accepted: small ones into the payload, large ones to the attachment store.</summary>
internal sealed class AttachmentIntake(AttachmentStores stores)
{
    /// <summary>Reads and stores the attachments of a submission that is otherwise in order.</summary>
    /// <exception cref="InvalidSendRequestException">A stream was too large; nothing stays in the store.</exception>
    public ValueTask<AttachmentSet> TakeAsync(Submission submission, CancellationToken cancellationToken) =>
        submission.Request.Attachments.Count == 0 ? new(AttachmentSet.Empty) : TakeAllAsync(submission, cancellationToken);

    private async ValueTask<AttachmentSet> TakeAllAsync(Submission submission, CancellationToken cancellationToken)
    {
        var set = new AttachmentSet(submission.Tenant, stores.Current);
        try
        {
            long total = 0;
            for (var i = 0; i < submission.Request.Attachments.Count; i++)
            {
                var taken = await TakeAsync(submission, i, cancellationToken).ConfigureAwait(false);
                total += taken?.Size ?? 0;
                if (taken is { } attachment)
                {
                    set.Add(attachment);
                }
            }

            AttachmentRules.Total(total, submission.Options.Attachments, submission.Problems);
            submission.Problems.ThrowIfAny();
            return set;
        }
        catch
        {
            await set.DiscardAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<PayloadAttachment?> TakeAsync(Submission submission, int i, CancellationToken cancellationToken)
    {
        var attachment = submission.Request.Attachments[i];
        var options = submission.Options.Attachments;
        if (attachment.Source is { } source)
        {
            return Describe(attachment, PayloadAttachment.Form.Deferred) with { Source = source, Key = attachment.SourceKey };
        }

        try
        {
            return attachment.Content is { } content
                ? content.Length <= options.MaxInlineBytes || stores.Current is not { } store
                    ? Inline(attachment, content)
                    : await StoreAsync(store, submission, attachment, content, Stream.Null, cancellationToken).ConfigureAwait(false)
                : await ReadAsync(submission, attachment, cancellationToken).ConfigureAwait(false);
        }
        catch (AttachmentTooLargeException)
        {
            AttachmentRules.Size(Field.Of(nameof(SendRequest.Attachments), i), long.MaxValue, options, submission.Problems);
            return null;
        }
    }

    private async ValueTask<PayloadAttachment> ReadAsync(Submission submission, Attachment attachment, CancellationToken cancellationToken)
    {
        var options = submission.Options.Attachments;
        var inline = (int)(stores.Current is null ? options.MaxBytes : Math.Min(options.MaxInlineBytes, options.MaxBytes));
        var stream = await attachment.Open!(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var read = new ArrayBufferWriter<byte>(Math.Min(inline + 1, 16 * 1024));
            while (read.WrittenCount <= inline)
            {
                // One byte more than fits tells whether it fits.
                var room = read.GetMemory(1);
                var count = await stream.ReadAsync(room[..Math.Min(room.Length, inline + 1 - read.WrittenCount)], cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    return Inline(attachment, read.WrittenMemory);
                }

                read.Advance(count);
            }

            return stores.Current is { } store && inline < options.MaxBytes
                ? await StoreAsync(store, submission, attachment, read.WrittenMemory, stream, cancellationToken).ConfigureAwait(false)
                : throw new AttachmentTooLargeException();
        }
    }

    private static async ValueTask<PayloadAttachment> StoreAsync(
        IAttachmentStore store, Submission submission, Attachment attachment, ReadOnlyMemory<byte> read, Stream rest, CancellationToken cancellationToken)
    {
        var stream = new IntakeStream(read, rest, submission.Options.Attachments.MaxBytes);
        await using (stream.ConfigureAwait(false))
        {
            var key = await store.PutAsync(submission.Tenant, stream, cancellationToken).ConfigureAwait(false);
            return Describe(attachment, PayloadAttachment.Form.Stored) with { Key = key, Size = stream.Count };
        }
    }

    private static PayloadAttachment Inline(Attachment attachment, ReadOnlyMemory<byte> content) =>
        Describe(attachment, PayloadAttachment.Form.Inline) with { Content = content, Size = content.Length };

    private static PayloadAttachment Describe(Attachment attachment, PayloadAttachment.Form form) => new()
    {
        FileName = attachment.FileName,
        ContentType = attachment.ContentType,
        ContentId = attachment.ContentId,
        Kind = form,
    };
}
