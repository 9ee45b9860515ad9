using Messaging.Testing.Internal;

namespace Messaging.Testing;

/// <summary>A text message that a test captured.</summary>
public sealed record SmsMessage : SentMessage
{
    internal SmsMessage(CapturedCall call)
        : base(call)
    {
    }
}
