namespace Messaging.Channels.Email;

/// <summary>An attachment of unknown size turned out to be more than the account allows; the channel makes an answer of it.</summary>
internal sealed class MailTooLargeException() : Exception("The attachments have more bytes than the account allows (MaxMessageBytes).")
{
    public static void ThrowIf(bool isTooLarge)
    {
        if (isTooLarge)
        {
            throw new MailTooLargeException();
        }
    }
}
