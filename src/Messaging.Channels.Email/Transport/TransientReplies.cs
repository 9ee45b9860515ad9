using System.Buffers;

namespace Messaging.Channels.Email;

/// <summary>Reads 4xx replies.</summary>
internal static class TransientReplies
{
    // Servers spell "slow down" in words more often than in codes.
    private static readonly SearchValues<string> RateWords = SearchValues.Create(
        ["rate limit", "too many", "too fast", "too quickly", "throttl", "slow down", "try later than"],
        StringComparison.OrdinalIgnoreCase);

    public static MailVerdict Classify(SmtpReply reply, SmtpStage stage)
    {
        if (stage == SmtpStage.Authentication)
        {
            return Retry(MailReason.AuthenticationFailed, MailScope.Account);
        }

        if (IsTooManyRecipients(reply, stage))
        {
            return Retry(MailReason.TooManyRecipients, MailScope.Message);
        }

        return AsksForPatience(reply) ? Throttled(reply, stage) : ByEnhancedCode(reply, stage);
    }

    /// <summary>Whether the rest of the recipients belong into a transaction of their own (RFC 5321 §4.5.3.1.10).</summary>
    public static bool IsTooManyRecipients(SmtpReply reply, SmtpStage stage) =>
        stage == SmtpStage.Recipient && reply.Code is 452 or 552 && reply.EnhancedCode is null or { Subject: 5, Detail: 3 }
        && (reply.Code == 452 || reply.EnhancedCode is not null);

    private static bool AsksForPatience(SmtpReply reply) =>
        reply.EnhancedCode is { Subject: 7 } || reply.Text.AsSpan().ContainsAny(RateWords);

    // Greylisting (4.7.x at RCPT) concerns one pair of sender and recipient; slowing the whole account would punish everyone.
    private static MailVerdict Throttled(SmtpReply reply, SmtpStage stage) => new(
        MailDisposition.Throttled,
        MailReason.RateLimited,
        stage == SmtpStage.Recipient && reply.Code != 421 ? MailScope.Address : MailScope.Account);

    private static MailVerdict ByEnhancedCode(SmtpReply reply, SmtpStage stage) => reply.EnhancedCode switch
    {
        _ when reply.Code == 421 => Retry(MailReason.ServerUnavailable, MailScope.Account),
        { Subject: 2, Detail: 2 } => Retry(MailReason.MailboxFull, MailScope.Address),
        { Subject: 2, Detail: 1 } => Retry(MailReason.MailboxDisabled, MailScope.Address),
        { Subject: 3 } => Retry(MailReason.ServerUnavailable, MailScope.Account),
        { Subject: 4 } => Retry(MailReason.RoutingFailed, MailScope.Message),
        _ => Retry(MailReason.ServerUnavailable, stage == SmtpStage.Recipient ? MailScope.Address : MailScope.Message),
    };

    private static MailVerdict Retry(MailReason reason, MailScope scope) => new(MailDisposition.Retry, reason, scope);
}
