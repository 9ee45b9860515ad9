using Messaging.Contacts;

namespace Messaging.Sending;

/// <summary>Which address reaches a recipient on a kind.</summary>
internal static class AddressKinds
{
    /// <summary>Returns the address; <see langword="null"/> when there is none of the kind.</summary>
    /// <remarks>One telephone number serves every kind that calls numbers: who gives a number may be texted, called, or written to on WhatsApp.</remarks>
    public static Address? Find(Recipient recipient, Contact? contact, string kind) =>
        recipient.Address is { } own
            ? own.Kind == kind ? own : IsTelephone(own.Kind) && IsTelephone(kind) ? own with { Kind = kind } : null
            : contact?.AddressOf(kind);

    private static bool IsTelephone(string kind) => kind is ChannelKinds.Sms or ChannelKinds.Voice or ChannelKinds.WhatsApp;
}
