namespace Messaging;

/// <summary>Who a message is for: somebody the directory knows, or a bare address.</summary>
public sealed record Recipient
{
    private Recipient(RecipientType type) => Type = type;

    /// <summary>Gets how the recipient is known.</summary>
    public RecipientType Type { get; private init; }

    /// <summary>Gets the host's own key of a user or contact; <see langword="null"/> for a guest or an anonymous address.</summary>
    public string? ExternalId { get; private init; }

    /// <summary>Gets the suite's own key of a contact, when the caller has it.</summary>
    public ContactId? ContactId { get; private init; }

    /// <summary>Gets the address; <see langword="null"/> when the directory is to be asked for one.</summary>
    public Address? Address { get; private init; }

    /// <summary>Gets the display name; overrides what the directory says.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the BCP 47 locale, such as <c>pl-PL</c>; overrides what the directory says.</summary>
    public string? Locale { get; init; }

    /// <summary>Gets the IANA time zone, such as <c>Europe/Warsaw</c>; overrides what the directory says.</summary>
    public string? TimeZone { get; init; }

    /// <summary>A contact, by the host's own key.</summary>
    public static Recipient Contact(string externalId) => new(RecipientType.Contact) { ExternalId = externalId };

    /// <summary>A contact, by the suite's key.</summary>
    public static Recipient Contact(ContactId id) => new(RecipientType.Contact) { ContactId = id };

    /// <summary>A user of the host, by the host's own key.</summary>
    public static Recipient User(string externalId) => new(RecipientType.User) { ExternalId = externalId };

    /// <summary>Somebody with a name and an address who is in no directory.</summary>
    public static Recipient Guest(Address address, string name) => new(RecipientType.Guest) { Address = address, Name = name };

    /// <summary>An e-mail address.</summary>
    public static Recipient Email(string address, string? name = null) => To(new Address(ChannelKinds.Email, address), name);

    /// <summary>A telephone number, in E.164 form.</summary>
    public static Recipient Phone(string number, string? name = null) => To(new Address(ChannelKinds.Sms, number), name);

    /// <summary>An address of any kind.</summary>
    public static Recipient To(Address address, string? name = null) => new(RecipientType.Anonymous) { Address = address, Name = name };

    /// <summary>Names the type only: who it is, is personal data.</summary>
    public override string ToString() => Type.ToString();
}
