namespace Messaging.Channels.Email;

/// <summary>Makes the transports of e-mail accounts in the place of the suite's own: an adapter over another mail library registers one as a service.</summary>
public interface IMailTransportFactory
{
    /// <summary>Makes the transport of an account. Opens no connection.</summary>
    /// <param name="account">The account's name.</param>
    /// <param name="options">Its options; they passed their validation and are not changed afterwards.</param>
    /// <returns><see langword="null"/> to leave the account to the next factory, in the end to the suite's own transports.</returns>
    IMailTransport? Create(string account, EmailOptions options);
}
