using Messaging.Templates;

namespace Messaging;

/// <summary>One recipient of a bulk send.</summary>
/// <param name="To">The recipient.</param>
public sealed record BulkItem(Recipient To)
{
    /// <summary>Gets the data for the template; laid over the data that all items share.</summary>
    public TemplateData? Data { get; init; }

    /// <summary>Gets the caller's own key of this delivery; indexed.</summary>
    public string? Reference { get; init; }

    /// <summary>Gets what tells two items of one recipient apart; <see langword="null"/> means that a recipient counts once in a bulk.</summary>
    public string? ItemKey { get; init; }
}
