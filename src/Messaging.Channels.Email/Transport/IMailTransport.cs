namespace Messaging.Channels.Email;

/// <summary>
/// Hands finished mails to a mail server. The seam under the e-mail channel: the suite's own SMTP client implements it, and an
/// adapter over another mail library can. Implementations are safe for concurrent use.
/// </summary>
public interface IMailTransport : IAsyncDisposable
{
    /// <summary>Sends one mail to the recipients of its envelope.</summary>
    /// <param name="envelope">Who sends and who receives; its addresses are independent of the header's.</param>
    /// <param name="content">The mail; it may be asked to write itself more than once, and only until the task completes.</param>
    /// <param name="cancellationToken">Gives up the mail.</param>
    /// <returns>
    /// One result per recipient, in the order of <see cref="MailEnvelope.Recipients"/>. Refusals, unreachable servers and
    /// timeouts are results, never exceptions.
    /// </returns>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was signalled before anything left that could deliver the mail. Signalled later, it
    /// ends in <see cref="MailRecipientStatus.Unconfirmed"/> with <see cref="MailFailureKind.Canceled"/>.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The transport is disposed.</exception>
    ValueTask<MailResult> SendAsync(MailEnvelope envelope, IMailContent content, CancellationToken cancellationToken);
}
