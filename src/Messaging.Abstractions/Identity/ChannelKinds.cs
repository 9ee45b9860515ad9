namespace Messaging;

/// <summary>The names of the media that the suite's own packages speak. A kind keys templates, addresses and consent.</summary>
public static class ChannelKinds
{
    /// <summary>Electronic mail.</summary>
    public const string Email = "email";

    /// <summary>Text messages over a telephone network.</summary>
    public const string Sms = "sms";

    /// <summary>Telephone calls.</summary>
    public const string Voice = "voice";

    /// <summary>WhatsApp.</summary>
    public const string WhatsApp = "whatsapp";

    /// <summary>Telegram.</summary>
    public const string Telegram = "telegram";

    /// <summary>Chat on a web page of the host.</summary>
    public const string WebChat = "webchat";

    /// <summary>Push notifications.</summary>
    public const string Push = "push";
}
