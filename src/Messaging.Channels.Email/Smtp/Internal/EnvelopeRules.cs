namespace Messaging.Channels.Email;

/// <summary>What can be said about an envelope without asking the server; nothing that fails here is ever written to it.</summary>
internal static class EnvelopeRules
{
    private const int MaxEnvelopeId = 100;
    private const int MaxOriginalRecipient = 500;

    /// <summary>Finds why nobody can get this mail through this server.</summary>
    public static (SmtpStage Stage, MailFailure Failure)? Refuse(MailJob job, SmtpCapabilities server, out bool senderNeedsUtf8)
    {
        var envelope = job.Envelope;
        senderNeedsUtf8 = false;
        if (envelope.From.Length > 0 && EnvelopeAddress.Check(envelope.From, out senderNeedsUtf8) is { } problem)
        {
            return (SmtpStage.Sender, SmtpFailures.Address("From", problem));
        }

        if (envelope.EnvelopeId is { Length: > 0 } id && !Xtext.CanWrite(id, MaxEnvelopeId))
        {
            return (SmtpStage.Data, SmtpFailures.Envelope($"EnvelopeId must be at most {MaxEnvelopeId} octets of printable US-ASCII."));
        }

        if (server.SmtpUtf8)
        {
            return null;
        }

        return senderNeedsUtf8 ? (SmtpStage.Sender, SmtpFailures.SenderNeedsUtf8)
            : job.Content.RequiresSmtpUtf8 ? (SmtpStage.Data, SmtpFailures.HeaderNeedsUtf8)
            : null;
    }

    /// <summary>Finds why this recipient cannot be given to this server.</summary>
    public static MailFailure? Refuse(MailRecipient recipient, SmtpCapabilities server, out bool needsUtf8)
    {
        if (EnvelopeAddress.Check(recipient.Address, out needsUtf8) is { } problem)
        {
            return SmtpFailures.Address("The recipient", problem);
        }

        if (recipient.OriginalRecipient is { Length: > 0 } original && original.Length > MaxOriginalRecipient)
        {
            return SmtpFailures.Address("OriginalRecipient", $"it has more than {MaxOriginalRecipient} characters.");
        }

        return needsUtf8 && !server.SmtpUtf8 ? SmtpFailures.RecipientNeedsUtf8 : null;
    }
}
