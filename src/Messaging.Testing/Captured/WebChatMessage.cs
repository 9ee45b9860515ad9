using Messaging.Testing.Internal;

namespace Messaging.Testing;

/// <summary>A message to a chat on a web page that a test captured.</summary>
public sealed record WebChatMessage : SentMessage
{
    internal WebChatMessage(CapturedCall call)
        : base(call)
    {
    }
}
