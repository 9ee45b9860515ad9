namespace Messaging.Channels.Email;

/// <summary>Makes the suite's answers of what became of a mail.</summary>
internal static class MailAnswers
{
    // Servers name no time. Greylisting ends after some minutes, and asking earlier only prolongs it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Gets the answer for the delivery: what became of the first recipient, which is To unless To had it before, with each one's own where they differ.</summary>
    /// <param name="result">What became of the mail.</param>
    /// <param name="messageId">The mail's id.</param>
    /// <param name="places">Whom the mail went to, as in <see cref="OutboundMessage.OnlyFor"/>; empty means everybody.</param>
    public static SendResult Of(MailResult result, string messageId, IReadOnlyList<int> places)
    {
        var first = Of(result.Recipients[0], messageId);
        return AreAlike(result.Recipients) ? first : first with { Recipients = Each(result.Recipients, messageId, places) };
    }

    private static bool AreAlike(IReadOnlyList<MailRecipientResult> recipients)
    {
        for (var i = 1; i < recipients.Count; i++)
        {
            if (recipients[i].Status != recipients[0].Status || !Equals(recipients[i].Reply, recipients[0].Reply)
                || !Equals(recipients[i].Failure, recipients[0].Failure))
            {
                return false;
            }
        }

        return true;
    }

    private static RecipientResult[] Each(IReadOnlyList<MailRecipientResult> recipients, string messageId, IReadOnlyList<int> places)
    {
        var results = new RecipientResult[recipients.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = new RecipientResult(places.Count > 0 ? places[i] : i, Of(recipients[i], messageId));
        }

        return results;
    }

    private static SendResult Of(MailRecipientResult recipient, string messageId)
    {
        if (recipient.Status == MailRecipientStatus.Accepted)
        {
            return new SendResult.Accepted(messageId);
        }

        var verdict = recipient.Verdict;
        var scope = ScopeOf(verdict.Scope);
        var text = recipient.Failure?.Why ?? recipient.Reply?.Text ?? "The server gave no reason.";
        return verdict.Disposition switch
        {
            MailDisposition.Accepted => new SendResult.Accepted(messageId),
            MailDisposition.Permanent => new SendResult.Rejected(ReasonOf(verdict.Reason), scope, CodeOf(recipient), text),
            MailDisposition.Retry => new SendResult.Throttled(null, scope, CodeOf(recipient), text),
            MailDisposition.Throttled => new SendResult.Throttled(Patience, scope, CodeOf(recipient), text),
            MailDisposition.Unconfirmed => new SendResult.Unconfirmed(text),
            _ => new SendResult.NotSent(text, scope),
        };
    }

    private static string? CodeOf(MailRecipientResult recipient) => (recipient.Reply ?? recipient.Failure?.Reply) switch
    {
        null => null,
        { EnhancedCode: { } enhanced } reply => $"{reply.Code} {enhanced}",
        var reply => $"{reply.Code}",
    };

    private static FailureScope ScopeOf(MailScope scope) => scope switch
    {
        MailScope.Address => FailureScope.Address,
        MailScope.Sender => FailureScope.Sender,
        MailScope.Account => FailureScope.Account,
        _ => FailureScope.Message,
    };

    private static RejectionReason ReasonOf(MailReason reason) => reason switch
    {
        MailReason.UnknownRecipient or MailReason.MailboxDisabled => RejectionReason.UnknownRecipient,
        MailReason.MailboxFull => RejectionReason.MailboxFull,
        MailReason.InvalidAddress => RejectionReason.InvalidAddress,
        MailReason.TooLarge => RejectionReason.TooLarge,
        MailReason.ContentRejected or MailReason.ContentFailed => RejectionReason.Content,
        MailReason.PolicyRejected or MailReason.SenderRejected => RejectionReason.Policy,
        MailReason.RateLimited => RejectionReason.Quota,
        MailReason.AuthenticationFailed => RejectionReason.Authentication,
        MailReason.ProtocolError => RejectionReason.Protocol,
        MailReason.Timeout => RejectionReason.Timeout,
        _ => RejectionReason.Other,
    };
}
