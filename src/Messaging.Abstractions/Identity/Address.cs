namespace Messaging;

/// <summary>Where somebody is reached on one kind of channel.</summary>
/// <param name="Kind">The medium, such as <c>email</c> or <c>sms</c>; see <see cref="ChannelKinds"/>.</param>
/// <param name="Value">The address in the medium's own canonical form: <c>anna@example.com</c>, <c>+48123456789</c>.</param>
public readonly record struct Address(string Kind, string Value)
{
    /// <summary>Names the kind only: an address is personal data and must not reach a log by accident.</summary>
    public override string ToString() => $"{Kind} address";
}
