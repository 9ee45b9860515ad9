using System.IO.Pipelines;

namespace Messaging.Channels.Email;

/// <summary>A mail that writes itself. For one transport call at a time.</summary>
internal sealed class MimeContent(MailDraft draft, DateTimeOffset signedAt) : IMailContent
{
    private const int TypicalHeader = 1024;

    private ReadOnlyMemory<byte>? _plain;

    public MailDraft Draft => draft;

    /// <summary>Gets whether writing stopped because the attachments have more octets than the account allows.</summary>
    public bool IsTooLarge { get; private set; }

    /// <inheritdoc/>
    public bool RequiresSmtpUtf8 { get; } = draft.NeedsSmtpUtf8;

    /// <inheritdoc/>
    public long? EstimatedSize
    {
        get
        {
            var size = TypicalHeader + draft.Text.Length + (draft.Html.Length * (draft.Text.IsEmpty ? 2L : 1L));
            for (var i = 0; i < draft.Message.Attachments.Count; i++)
            {
                if (draft.Message.Attachments[i].Size is not { } octets)
                {
                    return null;
                }

                size += 512 + (octets * 78 / Base64Lines.Line); // base64 and its line ends
            }

            return size;
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(MailTransferEncoding encoding, PipeWriter output, CancellationToken cancellationToken)
    {
        // A signature covers the octets: one that a later server would have to re-encode is broken on the way (RFC 6376 §5.3).
        var allowed = draft.Settings.Signer is null ? encoding : MailTransferEncoding.SevenBit;
        var body = new MimeBody(draft, Plain(), allowed);
        if (!body.IsSmall)
        {
            return WriteLargeAsync(body, output, cancellationToken);
        }

        if (draft.Settings.Signer is { } signer)
        {
            WriteSmallSigned(body, signer, output);
        }
        else
        {
            WriteSmall(body, output);
        }

        return ValueTask.CompletedTask;
    }

    private ReadOnlyMemory<byte> Plain() => _plain ??= draft.Text.IsEmpty && !draft.Html.IsEmpty ? HtmlToText.Convert(draft.Html.Span) : draft.Text;

    private void WriteSmall(MimeBody body, PipeWriter output)
    {
        var writer = new OctetWriter(output);
        WriteHeader(ref writer, body);
        writer.Write("\r\n"u8);
        body.Write(ref writer);
        writer.Complete();
    }

    private void WriteSmallSigned(MimeBody body, DkimSigner signer, PipeWriter output)
    {
        using var buffer = new PooledBuffer(16 * 1024);
        var writer = new OctetWriter(buffer);
        body.Write(ref writer);
        writer.Complete();
        using var hash = new DkimBodyHash();
        hash.Append(buffer.Span);
        WriteSignedHeader(body, signer, hash, output);
        var rest = new OctetWriter(output);
        rest.Write(buffer.Span);
        rest.Complete();
    }

    private async ValueTask WriteLargeAsync(MimeBody body, PipeWriter output, CancellationToken cancellationToken)
    {
        try
        {
            var hashed = await WriteLargeHeaderAsync(body, output, cancellationToken).ConfigureAwait(false);
            var written = await body.WriteAsync(output, cancellationToken).ConfigureAwait(false);
            if (hashed is not null && written is not null && hashed != written)
            {
                throw new IOException("An attachment changed between its two readings, so that the signature would be wrong. Open the same bytes every time.");
            }
        }
        catch (MailTooLargeException)
        {
            IsTooLarge = true;
            throw;
        }
    }

    // To sign, the body is written twice: once for its hash, which stands in the header, and once for good. Nothing large is kept.
    private async ValueTask<long?> WriteLargeHeaderAsync(MimeBody body, PipeWriter output, CancellationToken cancellationToken)
    {
        if (draft.Settings.Signer is not { } signer)
        {
            WriteHeader(body, output);
            return null;
        }

        using var hash = new DkimBodyHash();
        using var sink = new DkimHashingWriter(hash);
        var octets = await body.WriteAsync(sink, cancellationToken).ConfigureAwait(false);
        WriteSignedHeader(body, signer, hash, output);
        return octets;
    }

    private void WriteHeader(MimeBody body, PipeWriter output)
    {
        var writer = new OctetWriter(output);
        WriteHeader(ref writer, body);
        writer.Write("\r\n"u8);
        writer.Complete();
    }

    private void WriteSignedHeader(MimeBody body, DkimSigner signer, DkimBodyHash hash, PipeWriter output)
    {
        using var header = new PooledBuffer(4096);
        var writer = new OctetWriter(header);
        WriteHeader(ref writer, body);
        writer.Complete();
        Span<byte> bodyHash = stackalloc byte[32];
        hash.Finish(bodyHash);

        signer.Sign(output, header.Span, bodyHash, signedAt);
        var rest = new OctetWriter(output);
        rest.Write(header.Span);
        rest.Write("\r\n"u8);
        rest.Complete();
    }

    private void WriteHeader(ref OctetWriter writer, MimeBody body)
    {
        MailHeader.Write(ref writer, draft);
        body.WriteHeader(ref writer);
    }
}
