namespace Messaging.Channels.Email;

/// <summary>An enhanced mail system status code such as 5.1.1 (RFC 3463).</summary>
/// <param name="Class">2, 4 or 5: success, later perhaps, never.</param>
/// <param name="Subject">What it is about: 1 address, 2 mailbox, 3 mail system, 4 network, 5 protocol, 6 content, 7 policy.</param>
/// <param name="Detail">The detail within the subject.</param>
public readonly record struct EnhancedStatusCode(int Class, int Subject, int Detail)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Class}.{Subject}.{Detail}";
}
