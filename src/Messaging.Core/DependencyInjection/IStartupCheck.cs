namespace Messaging;

/// <summary>Looks at the host's configuration before anything starts, so that a mistake stops the host and not a message.</summary>
internal interface IStartupCheck
{
    /// <summary>Throws when something is wrong; the text names what, why, and the fix.</summary>
    ValueTask CheckAsync(CancellationToken cancellationToken);
}
