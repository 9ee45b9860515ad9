using Messaging.Channels;

namespace Messaging.Sending;

/// <summary>What a delivery's payload says of its recipient.</summary>
internal readonly record struct DeliveryFacts()
{
    /// <summary>Gets the display name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the locale to render in.</summary>
    public string? Locale { get; init; }

    /// <summary>Gets the time zone.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Gets the version of the template that was pinned; <see langword="null"/> without a template.</summary>
    public int? TemplateVersion { get; init; }

    /// <summary>Gets further recipients that all see.</summary>
    public IReadOnlyList<OutboundRecipient> Cc { get; init; } = [];

    /// <summary>Gets further recipients that nobody sees.</summary>
    public IReadOnlyList<OutboundRecipient> Bcc { get; init; } = [];
}
