using Messaging.Testing.Internal;

namespace Messaging.Testing;

/// <summary>A Telegram message that a test captured.</summary>
public sealed record TelegramMessage : SentMessage
{
    internal TelegramMessage(CapturedCall call)
        : base(call)
    {
    }
}
