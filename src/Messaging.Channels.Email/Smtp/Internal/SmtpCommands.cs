using System.Text;

namespace Messaging.Channels.Email;

/// <summary>Writes the commands of a transaction with the parameters that the server understands.</summary>
internal static class SmtpCommands
{
    /// <summary>MAIL FROM with SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531), RET and ENVID (RFC 3461).</summary>
    /// <param name="output">Receives the command.</param>
    /// <param name="server">What the server offers.</param>
    /// <param name="envelope">Checked before.</param>
    /// <param name="size">The size in octets, 0 when unknown.</param>
    /// <param name="hasEightBit">Whether the content has octets above 127.</param>
    /// <param name="needsUtf8">Whether an address or a header is internationalised.</param>
    public static void AppendMail(
        SmtpBuffer output, SmtpCapabilities server, MailEnvelope envelope, long size, bool hasEightBit, bool needsUtf8)
    {
        output.Append("MAIL FROM:<"u8);
        if (envelope.From.Length > 0)
        {
            EnvelopeAddress.Append(output, envelope.From);
        }

        output.Append(">"u8);
        if (server.HasSize && size > 0)
        {
            output.Append(" SIZE="u8);
            output.Append(size);
        }

        if (server.EightBitMime && (hasEightBit || needsUtf8))
        {
            output.Append(" BODY=8BITMIME"u8);
        }

        if (needsUtf8)
        {
            output.Append(" SMTPUTF8"u8);
        }

        AppendReturn(output, server, envelope);
        output.Append("\r\n"u8);
    }

    /// <summary>RCPT TO with NOTIFY and ORCPT (RFC 3461).</summary>
    public static void AppendRecipient(SmtpBuffer output, SmtpCapabilities server, MailRecipient recipient)
    {
        output.Append("RCPT TO:<"u8);
        EnvelopeAddress.Append(output, recipient.Address);
        output.Append(">"u8);
        if (server.Dsn)
        {
            AppendNotify(output, recipient.Notify);
            AppendOriginal(output, recipient.OriginalRecipient);
        }

        output.Append("\r\n"u8);
    }

    /// <summary>BDAT for the whole content at once (RFC 3030).</summary>
    public static void AppendBdat(SmtpBuffer output, long size)
    {
        output.Append("BDAT "u8);
        output.Append(size);
        output.Append(" LAST\r\n"u8);
    }

    private static void AppendReturn(SmtpBuffer output, SmtpCapabilities server, MailEnvelope envelope)
    {
        if (!server.Dsn)
        {
            return;
        }

        if (envelope.Return != DsnReturn.Unspecified)
        {
            output.Append(envelope.Return == DsnReturn.Full ? " RET=FULL"u8 : " RET=HDRS"u8);
        }

        if (envelope.EnvelopeId is { Length: > 0 } id)
        {
            output.Append(" ENVID="u8);
            Xtext.Append(output, id);
        }
    }

    private static void AppendNotify(SmtpBuffer output, DsnNotify notify)
    {
        if (notify == DsnNotify.Unspecified)
        {
            return;
        }

        output.Append(" NOTIFY="u8);
        if (notify.HasFlag(DsnNotify.Never))
        {
            output.Append("NEVER"u8);
            return;
        }

        var separator = ReadOnlySpan<byte>.Empty;
        Append(DsnNotify.Success, "SUCCESS"u8, ref separator);
        Append(DsnNotify.Failure, "FAILURE"u8, ref separator);
        Append(DsnNotify.Delay, "DELAY"u8, ref separator);

        void Append(DsnNotify flag, ReadOnlySpan<byte> keyword, ref ReadOnlySpan<byte> before)
        {
            if (notify.HasFlag(flag))
            {
                output.Append(before);
                output.Append(keyword);
                before = ","u8;
            }
        }
    }

    private static void AppendOriginal(SmtpBuffer output, string? original)
    {
        // An internationalised one has a form of its own (RFC 6533 §3), which few servers know; it is left out.
        if (original is { Length: > 0 } && Ascii.IsValid(original))
        {
            output.Append(" ORCPT=rfc822;"u8);
            Xtext.Append(output, original);
        }
    }
}
