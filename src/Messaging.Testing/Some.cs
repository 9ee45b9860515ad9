using Messaging.Channels;

namespace Messaging.Testing;

/// <summary>Makes valid things that a test does not care about; change what matters by <c>with { … }</c>. Every call gives a new identity.</summary>
public static partial class Some
{
    /// <summary>Gets the instant at which things are accepted: what a new <see cref="ManualTimeProvider"/> shows.</summary>
    public static DateTimeOffset Instant => ManualTimeProvider.DefaultStart;

    /// <summary>Makes a message as a channel gets it, with subject, text and html.</summary>
    /// <param name="kind">The medium of the recipient's address.</param>
    public static OutboundMessage Message(string kind = ChannelKinds.Email) => new()
    {
        Id = MessageId(),
        DeliveryId = DeliveryId(),
        Tenant = TenantId.Default,
        AcceptedAt = Instant,
        To = new OutboundRecipient(Address(kind), "Anna"),
        Subject = "Your booking",
        Text = "See you at 14:00.",
        Html = "<p>See you at 14:00.</p>",
    };

    /// <summary>Makes a request with raw content to one new address.</summary>
    /// <param name="kind">The medium of the recipient's address.</param>
    public static SendRequest Request(string kind = ChannelKinds.Email) => new() { To = Recipient(kind), Content = Content() };

    /// <summary>Makes an item of a bulk send.</summary>
    /// <param name="kind">The medium of the recipient's address.</param>
    public static BulkItem BulkItem(string kind = ChannelKinds.Email) => new(Recipient(kind));

    /// <summary>Makes a recipient with an address of its own.</summary>
    /// <param name="kind">The medium of the address.</param>
    public static Recipient Recipient(string kind = ChannelKinds.Email) => Messaging.Recipient.To(Address(kind));

    /// <summary>Makes content with subject, text and html.</summary>
    public static MessageContent Content() => new()
    {
        Subject = "Your booking",
        Text = "See you at 14:00.",
        Html = "<p>See you at 14:00.</p>",
    };

    /// <summary>Makes an account of the host.</summary>
    /// <param name="kind">The medium.</param>
    /// <param name="name">The name; <see langword="null"/> means that of the medium.</param>
    public static ChannelAccount Account(string kind = ChannelKinds.Email, string? name = null) =>
        new() { Name = name ?? kind, Kind = kind, Scheme = "test", Version = "1" };
}
