namespace Messaging.Channels;

/// <summary>An account's settings are wrong. The text names the setting and the fix, and holds no secret.</summary>
public sealed class ChannelConfigurationException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="account">The account's name.</param>
    /// <param name="setting">The setting that is wrong.</param>
    /// <param name="problem">What is wrong with it and how to mend it.</param>
    /// <param name="innerException">The cause; its text must hold no secret either.</param>
    public ChannelConfigurationException(string account, string setting, string problem, Exception? innerException = null)
        : base($"Channel account '{account}', {setting}: {problem}", innerException) => (Account, Setting) = (account, setting);

    /// <summary>Gets the account's name.</summary>
    public string Account { get; }

    /// <summary>Gets the setting that is wrong.</summary>
    public string Setting { get; }
}
