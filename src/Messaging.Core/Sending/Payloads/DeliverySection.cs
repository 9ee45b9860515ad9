namespace Messaging.Sending;

/// <summary>The sections of a delivery's payload. Values never change once released: stores keep them.</summary>
internal enum DeliverySection : byte
{
    /// <summary>The recipient's display name.</summary>
    Name = 1,

    /// <summary>The locale to render in.</summary>
    Locale = 2,

    /// <summary>The recipient's time zone.</summary>
    TimeZone = 3,

    /// <summary>Further recipients that all see: values and names, of the delivery's kind.</summary>
    Cc = 4,

    /// <summary>Further recipients that nobody sees.</summary>
    Bcc = 5,

    /// <summary>The version of the template that was pinned at accept.</summary>
    TemplateVersion = 6,

    /// <summary>The template's data that only this recipient has.</summary>
    Data = 7,

    /// <summary>Rendered content, as in <see cref="MessageSection.Content"/>.</summary>
    Content = 8,

    /// <summary>Addresses of recipients that have a final answer, while others of To, Cc and Bcc are tried again. There may be several such sections.</summary>
    Answered = 9,
}
