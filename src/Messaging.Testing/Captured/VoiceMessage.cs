using Messaging.Testing.Internal;

namespace Messaging.Testing;

/// <summary>A call that a test captured.</summary>
public sealed record VoiceMessage : SentMessage
{
    internal VoiceMessage(CapturedCall call)
        : base(call)
    {
    }
}
