namespace Messaging.Channels.Email;

/// <summary>What became of a mail for one recipient.</summary>
public enum MailRecipientStatus
{
    /// <summary>The server took responsibility for it.</summary>
    Accepted,

    /// <summary>The server, or the transport on its behalf, said no; it will not be delivered by this attempt.</summary>
    Refused,

    /// <summary>Nothing left that could deliver it; sending again cannot duplicate.</summary>
    NotSent,

    /// <summary>The connection broke between the end of the data and its reply: the server may or may not have it.</summary>
    Unconfirmed,
}
