using Messaging.Contacts;

namespace Messaging.Sending;

/// <summary>What is known of one recipient of a submission, and the deliveries in the making.</summary>
internal sealed class Draft
{
    /// <summary>Gets the place among the recipients, for the fields of problems.</summary>
    public required int Index { get; init; }

    public required Recipient Recipient { get; init; }

    /// <summary>Gets or sets the contact, when the directory knows the recipient.</summary>
    public Contact? Contact { get; set; }

    /// <summary>Gets or sets the locale to render in.</summary>
    public string Locale { get; set; } = "";

    /// <summary>Gets or sets the time zone, as far as somebody knows it.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Gets or sets the steps that can reach the recipient, in order.</summary>
    public DraftStep[] Steps { get; set; } = [];

    /// <summary>Gets or sets the place in <see cref="Steps"/> of the first step that gates do not suppress; beyond the end when they suppress all.</summary>
    public int Current { get; set; }

    /// <summary>Gets the caller's own key of this delivery; <see langword="null"/> means the message's.</summary>
    public string? Reference { get; init; }

    /// <summary>Gets or sets what it is unique by within a bulk; zero means nothing.</summary>
    public UInt128 ItemHash { get; set; }

    public string? Name => Recipient.Name ?? Contact?.Name;

    public ContactId? ContactId => Contact is { Id: var id } && id != default ? id : Recipient.ContactId;
}
