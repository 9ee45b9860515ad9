namespace Messaging.Sending;

/// <summary>The sections of a message's payload. Values never change once released: stores keep them.</summary>
internal enum MessageSection : byte
{
    /// <summary>The caller's trace: 16 bytes of trace id, 8 of span id, 1 of flags (W3C Trace Context §3.2.2).</summary>
    Trace = 1,

    /// <summary>The caller's metadata: names and values.</summary>
    Metadata = 2,

    /// <summary>The sender.</summary>
    From = 3,

    /// <summary>Where answers go.</summary>
    ReplyTo = 4,

    /// <summary>Properties by kind.</summary>
    Extras = 5,

    /// <summary>Raw content: lengths of subject and text, then subject, text and html.</summary>
    Content = 6,

    /// <summary>Labels and values.</summary>
    Actions = 7,

    /// <summary>Attachments: bytes, keys, or sources.</summary>
    Attachments = 8,

    /// <summary>The template's data that all deliveries share.</summary>
    Data = 9,
}
