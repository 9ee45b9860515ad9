using Messaging.Testing.Internal;

namespace Messaging.Testing;

/// <summary>A message of a kind that the suite's packages do not speak, captured by a test.</summary>
public sealed record OtherMessage : SentMessage
{
    internal OtherMessage(CapturedCall call)
        : base(call)
    {
    }
}
