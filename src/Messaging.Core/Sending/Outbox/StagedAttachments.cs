using System.Buffers;

namespace Messaging.Sending;

/// <summary>Reads the attachments of a request that is staged: all bytes travel with it, so that a transaction that is rolled back leaves nothing in any store.</summary>
internal static class StagedAttachments
{
    /// <exception cref="InvalidSendRequestException">A stream was too large.</exception>
    public static ValueTask<IReadOnlyList<PayloadAttachment>> ReadAsync(Submission submission, CancellationToken cancellationToken) =>
        submission.Request.Attachments.Count == 0 ? new([]) : ReadAllAsync(submission, cancellationToken);

    private static async ValueTask<IReadOnlyList<PayloadAttachment>> ReadAllAsync(Submission submission, CancellationToken cancellationToken)
    {
        var options = submission.Options.Attachments;
        var read = new PayloadAttachment[submission.Request.Attachments.Count];
        long total = 0;
        for (var i = 0; i < read.Length; i++)
        {
            try
            {
                read[i] = await ReadAsync(submission.Request.Attachments[i], options.MaxBytes, cancellationToken).ConfigureAwait(false);
                total += read[i].Content.Length;
            }
            catch (AttachmentTooLargeException)
            {
                AttachmentRules.Size(Field.Of(nameof(SendRequest.Attachments), i), long.MaxValue, options, submission.Problems);
            }
        }

        AttachmentRules.Total(total, options, submission.Problems);
        submission.Problems.ThrowIfAny();
        return read;
    }

    private static async ValueTask<PayloadAttachment> ReadAsync(Attachment attachment, long most, CancellationToken cancellationToken)
    {
        var described = new PayloadAttachment
        {
            FileName = attachment.FileName,
            ContentType = attachment.ContentType,
            ContentId = attachment.ContentId,
            Kind = attachment.Source is null ? PayloadAttachment.Form.Inline : PayloadAttachment.Form.Deferred,
            Source = attachment.Source,
            Key = attachment.SourceKey,
        };
        return attachment.Source is not null ? described
            : attachment.Content is { } content ? described with { Content = content, Size = content.Length }
            : await OpenAsync(described, attachment, most, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<PayloadAttachment> OpenAsync(PayloadAttachment described, Attachment attachment, long most, CancellationToken cancellationToken)
    {
        var stream = await attachment.Open!(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var bounded = new IntakeStream(default, stream, most);
            await using (bounded.ConfigureAwait(false))
            {
                var bytes = new ArrayBufferWriter<byte>(16 * 1024);
                while (await bounded.ReadAsync(bytes.GetMemory(4096), cancellationToken).ConfigureAwait(false) is > 0 and var count)
                {
                    bytes.Advance(count);
                }

                return described with { Content = bytes.WrittenMemory, Size = bytes.WrittenCount };
            }
        }
    }
}
