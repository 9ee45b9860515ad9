namespace Messaging.Channels;

/// <summary>One recipient of an outbound message.</summary>
/// <param name="Address">The address.</param>
/// <param name="Name">The display name; <see langword="null"/> when unknown.</param>
public readonly record struct OutboundRecipient(Address Address, string? Name = null)
{
    /// <summary>Names the kind only: who it is, is personal data.</summary>
    public override string ToString() => Address.ToString();
}
