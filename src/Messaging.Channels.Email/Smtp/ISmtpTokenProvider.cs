namespace Messaging.Channels.Email;

/// <summary>Provides OAuth 2.0 access tokens for AUTH XOAUTH2. Called for every new connection: cache the token.</summary>
public interface ISmtpTokenProvider
{
    /// <summary>Gets an access token.</summary>
    /// <param name="userName">The mailbox that logs in.</param>
    /// <param name="renew">True when the server has just refused the previous token: do not answer from a cache.</param>
    /// <param name="cancellationToken">Signalled when the connection took too long or was given up.</param>
    /// <remarks>An exception fails the connection attempt as <see cref="MailFailureKind.Authentication"/>; its text is not shown.</remarks>
    ValueTask<string> GetTokenAsync(string userName, bool renew, CancellationToken cancellationToken);
}
