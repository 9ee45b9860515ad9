using Messaging.Testing.Internal;

namespace Messaging.Testing;

/// <summary>A mail that a test captured.</summary>
public sealed record EmailMessage : SentMessage
{
    internal EmailMessage(CapturedCall call)
        : base(call)
    {
    }
}
