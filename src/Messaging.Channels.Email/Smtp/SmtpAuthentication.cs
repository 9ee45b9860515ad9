namespace Messaging.Channels.Email;

/// <summary>How we prove who we are.</summary>
public enum SmtpAuthentication
{
    /// <summary>XOAUTH2 with a token provider; PLAIN, else LOGIN, with a user name; nothing without either.</summary>
    Auto,

    /// <summary>AUTH PLAIN (RFC 4616).</summary>
    Plain,

    /// <summary>AUTH LOGIN, for servers that know nothing better.</summary>
    Login,

    /// <summary>AUTH XOAUTH2 with an access token from an <see cref="ISmtpTokenProvider"/>.</summary>
    XOAuth2,
}
