using Messaging.Testing.Internal;

namespace Messaging.Testing;

/// <summary>A push notification that a test captured.</summary>
public sealed record PushMessage : SentMessage
{
    internal PushMessage(CapturedCall call)
        : base(call)
    {
    }
}
