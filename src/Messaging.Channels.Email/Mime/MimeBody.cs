using System.IO.Pipelines;

namespace Messaging.Channels.Email;

/// <summary>
/// Writes the body: <c>mixed{ alternative{ plain, related{ html, inline files } }, files }</c>, of which each level is there only
/// when it has something to hold.
/// </summary>
internal sealed class MimeBody
{
    private const int Budget = 32 * 1024;

    private readonly MailDraft _draft;
    private readonly TextPart _plain;
    private readonly TextPart _html;
    private readonly int _inlineCount;
    private readonly int _fileCount;
    private long _fileOctets;

    public MimeBody(MailDraft draft, ReadOnlyMemory<byte> plain, MailTransferEncoding allowed)
    {
        _draft = draft;
        _plain = TextPart.Of(plain, allowed);
        _html = TextPart.Of(draft.Html, allowed);
        for (var i = 0; i < draft.Message.Attachments.Count; i++)
        {
            _inlineCount += draft.IsInline(draft.Message.Attachments[i]) ? 1 : 0;
        }

        _fileCount = draft.Message.Attachments.Count - _inlineCount;
    }

    /// <summary>Gets whether the body is small and in memory, so that it can be written at once.</summary>
    public bool IsSmall => _draft.Message.Attachments.Count == 0 && _plain.Length + _html.Length <= Budget;

    private bool HasHtml => _html.Length > 0;

    private Multipart Mixed => new(_draft.Message.DeliveryId, 'm');

    private Multipart Alternative => new(_draft.Message.DeliveryId, 'a');

    private Multipart Related => new(_draft.Message.DeliveryId, 'r');

    /// <summary>Writes the fields of the mail's header that describe the body; the blank line that ends the header follows.</summary>
    public void WriteHeader(ref OctetWriter writer)
    {
        if (_fileCount > 0)
        {
            Mixed.WriteType(ref writer, "mixed"u8);
        }
        else
        {
            WriteContentHeader(ref writer);
        }
    }

    /// <summary>Writes a small body.</summary>
    public void Write(ref OctetWriter writer)
    {
        WriteStart(ref writer);
        _plain.Write(ref writer, 0, int.MaxValue / 2);
        WriteBetween(ref writer);
        _html.Write(ref writer, 0, HasHtml ? int.MaxValue / 2 : 0);
        WriteAfterTexts(ref writer);
    }

    /// <summary>Writes any body, a block at a time.</summary>
    /// <returns>How many octets the files have; null when nobody wanted the rest.</returns>
    public async ValueTask<long?> WriteAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        _fileOctets = 0;
        WriteNow(output, static (MimeBody body, ref OctetWriter writer) => body.WriteStart(ref writer));
        var goOn = await WriteTextAsync(_plain, output, cancellationToken).ConfigureAwait(false);
        WriteNow(output, static (MimeBody body, ref OctetWriter writer) => body.WriteBetween(ref writer));
        goOn = goOn && await WriteTextAsync(_html, output, cancellationToken).ConfigureAwait(false);
        WriteNow(output, static (MimeBody body, ref OctetWriter writer) => body.WriteTextEnd(ref writer));
        goOn = goOn && await WriteFilesAsync(isInline: true, output, cancellationToken).ConfigureAwait(false);
        WriteNow(output, static (MimeBody body, ref OctetWriter writer) => body.WriteContentEnd(ref writer));
        goOn = goOn && await WriteFilesAsync(isInline: false, output, cancellationToken).ConfigureAwait(false);
        WriteNow(output, static (MimeBody body, ref OctetWriter writer) => body.WriteEnd(ref writer));
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return goOn ? _fileOctets : null;
    }

    private static async ValueTask<bool> WriteTextAsync(TextPart part, PipeWriter output, CancellationToken cancellationToken)
    {
        for (var at = 0; at < part.Length;)
        {
            at = WriteBlock(part, output, at);
            var flushed = await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (flushed.IsCompleted)
            {
                return false;
            }
        }

        return true;
    }

    private static int WriteBlock(TextPart part, PipeWriter output, int at)
    {
        var writer = new OctetWriter(output);
        at = part.Write(ref writer, at, Budget);
        writer.Complete();
        return at;
    }

    private async ValueTask<bool> WriteFilesAsync(bool isInline, PipeWriter output, CancellationToken cancellationToken)
    {
        var multipart = isInline ? Related : Mixed;
        for (var i = 0; i < _draft.Message.Attachments.Count; i++)
        {
            var attachment = _draft.Message.Attachments[i];
            if (_draft.IsInline(attachment) != isInline)
            {
                continue;
            }

            WriteFileHeader(attachment, multipart, isInline, output);
            var limit = _draft.Settings.MaxMessageBytes - _fileOctets;
            var (octets, goOn) = await AttachmentWriter.WriteAsync(attachment, limit, output, cancellationToken).ConfigureAwait(false);
            _fileOctets += octets;
            if (!goOn)
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteFileHeader(OutboundAttachment attachment, Multipart multipart, bool isInline, PipeWriter output)
    {
        var writer = new OctetWriter(output);
        multipart.WriteNext(ref writer);
        PartHeader.WriteAttachment(ref writer, attachment, isInline);
        writer.Write("\r\n"u8);
        writer.Complete();
    }

    private void WriteContentHeader(ref OctetWriter writer)
    {
        if (HasHtml)
        {
            Alternative.WriteType(ref writer, "alternative"u8);
        }
        else
        {
            PartHeader.WritePlain(ref writer, _plain.Encoding);
        }
    }

    // All up to the plain text.
    private void WriteStart(ref OctetWriter writer)
    {
        if (_fileCount > 0)
        {
            Mixed.WriteNext(ref writer);
            WriteContentHeader(ref writer);
            writer.Write("\r\n"u8);
        }

        if (HasHtml)
        {
            Alternative.WriteNext(ref writer);
            PartHeader.WritePlain(ref writer, _plain.Encoding);
            writer.Write("\r\n"u8);
        }
    }

    // From the plain text up to the html.
    private void WriteBetween(ref OctetWriter writer)
    {
        if (!HasHtml)
        {
            return;
        }

        _plain.WriteEnd(ref writer, isPart: true);
        Alternative.WriteNext(ref writer);
        if (_inlineCount > 0)
        {
            Related.WriteType(ref writer, "related; type=\"text/html\""u8);
            writer.Write("\r\n"u8);
            Related.WriteNext(ref writer);
        }

        PartHeader.WriteHtml(ref writer, _html.Encoding);
        writer.Write("\r\n"u8);
    }

    private void WriteAfterTexts(ref OctetWriter writer)
    {
        WriteTextEnd(ref writer);
        WriteContentEnd(ref writer);
        WriteEnd(ref writer);
    }

    private void WriteTextEnd(ref OctetWriter writer) => (HasHtml ? _html : _plain).WriteEnd(ref writer, HasHtml || _fileCount > 0);

    private void WriteContentEnd(ref OctetWriter writer)
    {
        if (_inlineCount > 0)
        {
            Related.WriteEnd(ref writer);
        }

        if (HasHtml)
        {
            Alternative.WriteEnd(ref writer);
        }
    }

    private void WriteEnd(ref OctetWriter writer)
    {
        if (_fileCount > 0)
        {
            Mixed.WriteEnd(ref writer);
        }
    }

    private void WriteNow(PipeWriter output, WriteStep step)
    {
        var writer = new OctetWriter(output);
        step(this, ref writer);
        writer.Complete();
    }

    private delegate void WriteStep(MimeBody body, ref OctetWriter writer);
}
