namespace Messaging.Channels.Email;

/// <summary>Ends a connection. Never leaves the transport: what it carries becomes results.</summary>
internal sealed class SmtpDialogueException(MailFailure failure, Exception? inner = null) : Exception(failure.Why, inner)
{
    public MailFailure Failure { get; } = failure;

    public static SmtpDialogueException Protocol(string why) =>
        new(new MailFailure(MailFailureKind.Protocol, $"The server broke the SMTP dialogue: {why}"));

    public static SmtpDialogueException Unexpected(string command, SmtpReply reply) => reply.Code == 421
        ? new(new MailFailure(MailFailureKind.ConnectionLost, $"The server closed the connection at {command}.", reply))
        : new(new MailFailure(MailFailureKind.Protocol, $"The server broke the SMTP dialogue: it answered {command} with {reply.Code}.", reply));
}
