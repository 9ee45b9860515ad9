using System.IO.Pipelines;

namespace Messaging.Channels.Email;

/// <summary>The octets of one mail, header and body, written when the server's abilities are known.</summary>
public interface IMailContent
{
    /// <summary>Gets the size in octets, when it is known or can be guessed without writing; it goes into SIZE= (RFC 1870).</summary>
    /// <remarks>Only used for content too large to be buffered: a small mail is measured exactly.</remarks>
    long? EstimatedSize { get; }

    /// <summary>Gets whether a header carries raw UTF-8 (an internationalised local part), so that the server must speak SMTPUTF8.</summary>
    bool RequiresSmtpUtf8 { get; }

    /// <summary>
    /// Writes the mail as it shall arrive: lines end in CRLF, the last one included, and dots are not doubled (the transport does
    /// that). Every call writes the same octets for the same <paramref name="encoding"/>: a mail is written again for the recipients
    /// that did not fit into one transaction, or on a new connection when the old one turned out to be closed.
    /// </summary>
    /// <param name="encoding">What the server takes; known before the first octet, so that a signature can cover it.</param>
    /// <param name="output">
    /// Takes the octets. Call <see cref="PipeWriter.FlushAsync"/> after at most 64 KB, so that memory stays bounded; a small mail
    /// needs no flush and leaves in one write. When <see cref="FlushResult.IsCompleted"/> is true nobody wants the rest: return.
    /// Do not complete the writer.
    /// </param>
    /// <param name="cancellationToken">Signalled when the mail is given up or the server took too long.</param>
    /// <remarks>An exception ends the mail as <see cref="MailRecipientStatus.NotSent"/>, <see cref="MailFailureKind.Content"/>.</remarks>
    ValueTask WriteAsync(MailTransferEncoding encoding, PipeWriter output, CancellationToken cancellationToken);
}
