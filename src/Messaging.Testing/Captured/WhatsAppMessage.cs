using Messaging.Testing.Internal;

namespace Messaging.Testing;

/// <summary>A WhatsApp message that a test captured.</summary>
public sealed record WhatsAppMessage : SentMessage
{
    internal WhatsAppMessage(CapturedCall call)
        : base(call)
    {
    }
}
